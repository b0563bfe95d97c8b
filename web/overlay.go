package web

import (
	"bytes"
	"io/fs"
	"path"
	"time"
)

// overlay is a file system some of whose files are others, by name.
type overlay struct {
	fs.FS
	made map[string][]byte
}

// Open implements fs.FS.
func (o overlay) Open(name string) (fs.File, error) {
	body, ok := o.made[name]
	if !ok {
		return o.FS.Open(name)
	}
	return &madeFile{bytes.NewReader(body), madeInfo{path.Base(name), int64(len(body))}}, nil
}

// madeFile is such a file, open. It can seek, as http.FS asks.
type madeFile struct {
	*bytes.Reader
	info madeInfo
}

func (f *madeFile) Close() error               { return nil }
func (f *madeFile) Stat() (fs.FileInfo, error) { return f.info, nil }

type madeInfo struct {
	name string
	size int64
}

func (i madeInfo) Name() string       { return i.name }
func (i madeInfo) Size() int64        { return i.size }
func (i madeInfo) Mode() fs.FileMode  { return 0o444 }
func (i madeInfo) ModTime() time.Time { return time.Time{} }
func (i madeInfo) IsDir() bool        { return false }
func (i madeInfo) Sys() any           { return nil }
