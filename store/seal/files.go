package seal

import (
	"errors"
	"os"
	"path/filepath"
)

// createFile writes a new file, all of it or none; fs.ErrExist when there is one.
func createFile(path string, data []byte) error {
	return writeFile(path, data, os.Link) // unlike Rename, Link overwrites nothing
}

// replaceFile puts data in the place of the file at path, all of it or none.
func replaceFile(path string, data []byte) error {
	return writeFile(path, data, os.Rename)
}

func writeFile(path string, data []byte, settle func(from, to string) error) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // is gone already after a Rename
	_, err = f.Write(data)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := settle(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes a new name in dir survive a power cut. Not all systems can; then
// the name is as safe as they make it.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}
