package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"handrail/notify"
	"handrail/planning"
	"handrail/store/aside"
)

// errAside ends the command with an exit code that a script sees.
var errAside = errors.New("something is set aside, see above")

// runAside lists what workers have set aside. It names records by id only.
func runAside(ctx context.Context, c *call) error {
	s, _, err := c.settings(0, nil)
	if err != nil {
		return err
	}
	h, err := openInstance(ctx, s.storage, s.care(), false)
	if err != nil {
		return err
	}
	defer h.close()
	n, err := notify.New(ctx, notify.Config{Store: h.store, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	return printAside(ctx, c.out, h, h.care.Aside(), n.Aside(), planningAside(h, n))
}

func planningAside(h *instance, n *notify.Notifier) *aside.Book {
	return planning.New(planning.Config{Care: h.care, Notify: n, Store: h.store}).Aside()
}

// workersDiagnosis tells doctor whether workers beside those of reminders have set
// something aside, and whether somebody's time zone is none.
func workersDiagnosis(ctx context.Context, h *instance, n *notify.Notifier) (notify.Diagnosis, error) {
	found := 0
	for _, b := range []*aside.Book{h.care.Aside(), planningAside(h, n)} {
		marks, err := b.Marks(ctx)
		if err != nil {
			return notify.Diagnosis{}, err
		}
		found += len(marks)
	}
	odd, err := h.care.Upkeep.UnknownZones(ctx)
	if found+len(odd) > 0 {
		return notify.Diagnosis{Part: "workers", Says: fmt.Sprintf("They go on without %d things that they can't do, and %d people have a time zone that is none. See handrail aside.", found, len(odd))}, err
	}
	return notify.Diagnosis{Part: "workers", Works: true, Says: "They have set nothing aside."}, err
}

func printAside(ctx context.Context, out io.Writer, h *instance, books ...*aside.Book) error {
	found := 0
	for _, b := range books {
		marks, err := b.Marks(ctx)
		if err != nil {
			return err
		}
		for _, m := range marks {
			found++
			fmt.Fprintf(out, "%-20s %s  %s  since %s, %d tries, next %s\n", m.Worker, m.Ref, m.Cause,
				m.Since.UTC().Format(time.RFC3339), m.Tries, m.DueAt.UTC().Format(time.RFC3339))
		}
	}
	odd, err := h.care.Upkeep.UnknownZones(ctx)
	if err != nil {
		return err
	}
	for _, z := range odd {
		fmt.Fprintf(out, "%-20s %s  its time zone is none of IANA's; %s is used instead\n", z.Collection, z.ID, z.Used)
	}
	fmt.Fprintf(out, "%d set aside, %d odd time zones.\n", found, len(odd))
	if found+len(odd) > 0 {
		return errAside
	}
	return nil
}
