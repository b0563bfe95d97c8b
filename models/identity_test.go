package models

import (
	"errors"
	"testing"
)

func TestCheckIdentity(t *testing.T) {
	for _, c := range []struct {
		checked []string
		code    string
	}{
		{nil, "identity-not-checked"},
		{[]string{"birth-date"}, "identity-not-checked"},
		{[]string{"birth-date", "last-visit"}, ""},
		{[]string{"photo-id"}, ""},
		{[]string{"known-in-person", "birth-date"}, ""},
		{[]string{"birth-date", "birth-date"}, "twice"},
		{[]string{"mother's name", "photo-id"}, "unknown-check"},
	} {
		err := CheckIdentity(c.checked)
		var e *Error
		switch {
		case c.code == "" && err == nil:
		case !errors.As(err, &e) || e.Fields[0].Code != c.code:
			t.Errorf("%v: %v, want %q", c.checked, err, c.code)
		}
	}
}
