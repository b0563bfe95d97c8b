package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"handrail/store/sqlite"
)

// errMongo sends the operator of a MongoDB to MongoDB's own tools.
var errMongo = errors.New("this works on the embedded store; use mongodump and mongorestore for MongoDB, and then handrail restored")

// backup writes a copy of the embedded store while the program serves. The copy is
// sealed; it is worth nothing without the key file, which is kept apart from it.
func backup(ctx context.Context, p storage, file string, out io.Writer) error {
	if p.engine != "sqlite" {
		return errMongo
	}
	if _, err := os.Stat(p.database()); err != nil {
		return fmt.Errorf("there is no store at %s; is this the right data folder?", p.database())
	}
	s, _, err := openStore(ctx, p, false)
	if err != nil {
		return err
	}
	defer s.Close()
	db, ok := s.Engine().(*sqlite.DB)
	if !ok {
		return errMongo
	}
	if err := db.Backup(ctx, file); err != nil {
		return err
	}
	fmt.Fprintf(out, "Wrote %s. Keep the key %s in another place: the one is worth nothing without the other.\n", file, p.key())
	return nil
}

func copyFile(from, to string) (err error) {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	return errors.Join(err, dst.Sync(), dst.Close())
}
