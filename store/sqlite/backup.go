package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Backup writes a compact copy of the database to file, which must not exist yet,
// as it was at one moment, while reads and writes go on. The copy appears under
// its name only when it is whole and on disk. Bodies in it are sealed as in the
// original; it is worth nothing without the key-encryption keyset.
func (db *DB) Backup(ctx context.Context, file string) (err error) {
	if _, err := os.Stat(file); err == nil {
		return fmt.Errorf("sqlite: backup: %s exists already; name a new file", file)
	}
	part, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".part-*") // mode 0600
	if err != nil {
		return fmt.Errorf("sqlite: backup: %w", err)
	}
	defer func() {
		err = errors.Join(err, part.Close())
		if err != nil {
			_ = os.Remove(part.Name())
		}
	}()
	if err := db.aside(ctx, "VACUUM INTO ?", part.Name()); err != nil {
		return fmt.Errorf("sqlite: backup: %w", err)
	}
	if err := part.Sync(); err != nil {
		return fmt.Errorf("sqlite: backup: %w", err)
	}
	if err := os.Link(part.Name(), file); err != nil { // unlike Rename it overwrites nothing
		return fmt.Errorf("sqlite: backup: %w", err)
	}
	return os.Remove(part.Name())
}

// Scrub implements store.Engine: deleted bytes are zeroed in the file itself
// (secure_delete), and this empties the write-ahead log that may still hold them.
func (db *DB) Scrub(ctx context.Context) error {
	return db.aside(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
}

// aside runs one statement on a connection of its own.
func (db *DB) aside(ctx context.Context, text string, args ...any) error {
	pool, err := openPool(db.path, 1, nil)
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, text, args...)
	return errors.Join(mapError(err), pool.Close())
}
