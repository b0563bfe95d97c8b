package aside

import (
	"errors"
	"fmt"

	"handrail/store"
)

// ErrUnreadable says that a record's body does not open or is not what it should be.
var ErrUnreadable = errors.New("unreadable")

const causeUnreadable = "unreadable"

// Unreadable wraps why a record can't be read; nil stays nil.
func Unreadable(err error) error {
	if err == nil || Stops(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnreadable, err)
}

// Cause is a code for why something failed, without anything of the record: the
// code of an error that has one, "unreadable", "panic" or "failed".
func Cause(err error) string {
	if p, ok := errors.AsType[*Panic](err); ok && p != nil {
		return "panic"
	}
	if errors.Is(err, ErrUnreadable) {
		return causeUnreadable
	}
	if c, ok := errors.AsType[interface {
		error
		ErrorCode() string
	}](err); ok {
		return c.ErrorCode()
	}
	if errors.Is(err, store.ErrInvalid) {
		return "not-storable"
	}
	return "failed"
}
