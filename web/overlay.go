package web

import (
	"bytes"
	"io/fs"
	"time"
)

// overlay is a file system in whose root one file is another.
type overlay struct {
	fs.FS
	name string
	body []byte
}

// Open implements fs.FS.
func (o overlay) Open(name string) (fs.File, error) {
	if name != o.name {
		return o.FS.Open(name)
	}
	return &madeFile{bytes.NewReader(o.body), o}, nil
}

// madeFile is that file, open. It can seek, as http.FS asks.
type madeFile struct {
	*bytes.Reader
	of overlay
}

func (f *madeFile) Close() error               { return nil }
func (f *madeFile) Stat() (fs.FileInfo, error) { return madeInfo{f.of}, nil }

type madeInfo struct{ of overlay }

func (i madeInfo) Name() string       { return i.of.name }
func (i madeInfo) Size() int64        { return int64(len(i.of.body)) }
func (i madeInfo) Mode() fs.FileMode  { return 0o444 }
func (i madeInfo) ModTime() time.Time { return time.Time{} }
func (i madeInfo) IsDir() bool        { return false }
func (i madeInfo) Sys() any           { return nil }
