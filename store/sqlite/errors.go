package sqlite

import (
	"context"
	"errors"
	"fmt"

	"handrail/store"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// mapRead is mapError for a statement that runs under the caller's ctx. One that was
// interrupted says so in several ways; the caller wants to hear of their ctx.
func mapRead(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return mapError(err)
}

// mapError gives err its name in package store. The text of SQLite's errors
// names columns, never values.
func mapError(err error) error {
	if err == nil || isRefusal(err) {
		return err
	}
	e, ok := coded(err)
	if !ok { // of database/sql, which gives "is closed" no type
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	switch e.Code() {
	case lib.SQLITE_CONSTRAINT_PRIMARYKEY, lib.SQLITE_CONSTRAINT_UNIQUE:
		return fmt.Errorf("%w: %w", store.ErrExists, err)
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_IOERR, lib.SQLITE_FULL, lib.SQLITE_CANTOPEN,
		lib.SQLITE_READONLY, lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB, lib.SQLITE_NOMEM:
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return err
}

// coded finds what SQLite itself said, through the driver or not.
func coded(err error) (interface{ Code() int }, bool) {
	if e, ok := errors.AsType[*directError](err); ok {
		return e, true
	}
	e, ok := errors.AsType[*driver.Error](err)
	return e, ok
}
