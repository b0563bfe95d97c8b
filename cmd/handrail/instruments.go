package main

import (
	"context"
	"fmt"
	"os"

	"handrail/models/checkin"
)

// runInstrumentsImport keeps the wording of an instrument that the clinic has a
// licence for. models.InstrumentText tells the form of the file.
func runInstrumentsImport(ctx context.Context, c *call) error {
	s, rest, err := c.settings(1, nil)
	if err != nil {
		return err
	}
	file, err := os.Open(rest[0])
	if err != nil {
		return err
	}
	defer file.Close()
	text, err := checkin.ReadInstrumentText(file)
	if err != nil {
		return plain(err)
	}
	h, err := openInstance(ctx, s.storage, s.care(), false)
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.care.Record.ImportInstrumentText(ctx, text); err != nil {
		return plain(err)
	}
	fmt.Fprintf(c.out, "Imported %s (%s). Forms can use it now.\n", text.Instrument, text.Language)
	return nil
}
