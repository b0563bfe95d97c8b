// Package npm brings published files of npm packages to tests: checkers and second
// readers that are not in the repository. Each is held against its published hash.
package npm

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Pack is one version of a package. SHA512 is its published integrity, in base64.
type Pack struct{ Name, Version, SHA512 string }

// Jose signs and verifies JOSE (RFC 7515 to 7519) beside our own reading of it.
var Jose = Pack{Name: "jose", Version: "5.10.0", SHA512: "s+3Al/p9g32Iq+oqXxkW//7jk2Vig6FF1CFqzVXoTUXt2qz89YWbL+OwS17NFYEvxC35n0FKeGO2LGYSxeM2Gg=="}

// File reads a file of the package, such as "package/dist/x.js".
func (p Pack) File(name string) ([]byte, error) {
	packed, err := p.packed()
	if err != nil {
		return nil, err
	}
	return unpack(packed, name)
}

// Unpack writes all files of the package into a folder, under "package".
func (p Pack) Unpack(dir string) error {
	packed, err := p.packed()
	if err != nil {
		return err
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return err
	}
	for files := tar.NewReader(unzipped); ; {
		f, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if f.Typeflag != tar.TypeReg || !filepath.IsLocal(f.Name) {
			continue
		}
		text, err := io.ReadAll(files)
		if err != nil {
			return err
		}
		path := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			return err
		}
	}
}

// packed is the package as it was published. It is fetched once and kept in the user's
// cache folder.
func (p Pack) packed() ([]byte, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(cache, "handrail")
	name := strings.ReplaceAll(strings.TrimPrefix(p.Name, "@"), "/", "-") // as npm calls the file
	path := filepath.Join(dir, name+"-"+p.Version+".tgz")
	packed, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		if err = p.fetch(dir); err == nil {
			packed, err = os.ReadFile(path)
		}
	}
	if err != nil {
		return nil, err
	}
	if sum := sha512.Sum512(packed); base64.StdEncoding.EncodeToString(sum[:]) != p.SHA512 {
		return nil, errors.New(p.Name + " is not the file that npm published")
	}
	return packed, nil
}

func (p Pack) fetch(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	cmd := exec.Command("npm", "pack", p.Name+"@"+p.Version, "--silent", "--pack-destination", dir)
	cmd.Dir, cmd.WaitDelay = dir, time.Minute
	if out, err := cmd.CombinedOutput(); err != nil {
		return errors.New(err.Error() + ": " + string(out))
	}
	return nil
}

func unpack(packed []byte, name string) ([]byte, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	for files := tar.NewReader(unzipped); ; {
		f, err := files.Next()
		if err != nil {
			return nil, err
		}
		if f.Name == name {
			return io.ReadAll(files)
		}
	}
}
