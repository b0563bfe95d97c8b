package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"handrail/care"
	"handrail/store/seal"
)

// rotateKeys makes a new key-encryption key, a new data key for every person and a
// new signing key for tokens, while the program serves. Old keys go on opening
// what they sealed; nobody is signed out.
func rotateKeys(ctx context.Context, p storage, c care.Config, out io.Writer) error {
	h, err := openInstance(ctx, p, c, false)
	if err != nil {
		return err
	}
	defer h.close()
	wrapped, err := h.store.RotateKEK(ctx)
	if err != nil {
		return err
	}
	people, err := h.store.RotateDataKeys(ctx)
	if err != nil {
		return err
	}
	if err := h.care.Signin.AddSigningKey(ctx); err != nil {
		return err
	}
	fmt.Fprintf(out, "New key-encryption key in %s; %d data keys wrapped with it.\n", p.key(), wrapped)
	fmt.Fprintf(out, "New data keys for %d owners, and a new signing key.\n", people)
	fmt.Fprintln(out, "Back the key file up now: what is written from here on needs it.")
	return nil
}

// runKeysCreate makes a key file, for a site whose instances get theirs handed in.
func runKeysCreate(_ context.Context, c *call) error {
	_, rest, err := c.settings(1, nil)
	if err != nil {
		return err
	}
	if _, err := os.Stat(rest[0]); err == nil {
		return fmt.Errorf("%s exists already; a key is never overwritten", rest[0])
	}
	if _, err := seal.CreateKEK(rest[0]); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "Wrote %s. Back it up: without it nothing can be read.\n", rest[0])
	return nil
}
