package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/checkin"
)

func init() { benches["sync"] = offline }

// offline sends a million times from two phones over a network that drops, doubles
// and reorders, with clocks up to three days off, and counts what is lost or twice.
func offline(ctx context.Context, o options) (err error) {
	b, err := open(ctx, 1, time.Now, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	who := b.people[0].Session
	ch, err := b.care.Open(ctx, who.Actor(), who.PatientID, models.PurposeSelf)
	if err != nil {
		return err
	}
	began := time.Now()
	run := caretest.Offline{Sends: cmp.Or(o.count, 1_000_000), Seed: 1, Workers: o.conns, Now: began, Send: func(id string, s checkin.Submission) error {
		_, err := ch.Record.SendCheckIn(ctx, id, s)
		return err
	}}
	sent, err := run.Run()
	if err != nil {
		return err
	}
	took := time.Since(began)
	seen, twice, err := count(ctx, ch)
	if err != nil {
		return err
	}
	lost := 0
	for id := range sent {
		if !seen[id] {
			lost++
		}
	}
	fmt.Printf("%d sends in %s, %d check-ins acknowledged, %d stored, %d lost, %d twice\n",
		run.Sends, took.Round(time.Second), len(sent), len(seen), lost, twice)
	if lost+twice > 0 || len(seen) != len(sent) {
		return errors.New("the phones and the store disagree")
	}
	return nil
}

func count(ctx context.Context, ch *care.Chart) (seen map[string]bool, twice int, err error) {
	seen = map[string]bool{}
	for cursor := ""; ; {
		page, err := ch.Record.CheckIns(ctx, cursor, 1000)
		if err != nil {
			return nil, 0, err
		}
		for _, c := range page.Items {
			if seen[c.ID] {
				twice++
			}
			seen[c.ID] = true
		}
		if cursor = page.Next; cursor == "" {
			return seen, twice, nil
		}
	}
}
