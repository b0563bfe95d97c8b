package models

import (
	"errors"
	"fmt"
	"testing"
)

func TestAnUnknownErrorIsNotNone(t *testing.T) {
	if KindOf(nil) != 0 {
		t.Error("no error has a kind")
	}
	for _, err := range []error{errors.New("disk on fire"), fmt.Errorf("more: %w", errors.New("smoke"))} {
		if KindOf(err) != KindUnknown || KindOf(err) == KindOf(nil) {
			t.Errorf("%v reads as kind %d", err, KindOf(err))
		}
	}
	if KindOf(fmt.Errorf("wrapped: %w", NotFound())) != KindNotFound {
		t.Error("a wrapped refusal lost its kind")
	}
}
