package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"handrail/care/upkeep"
	"handrail/store"
	"handrail/store/seal"
)

// errFaults ends verify with an exit code that a script sees.
var errFaults = errors.New("the store has faults, see above")

// verify opens every seal, walks every chain of the append-only collections, holds
// people's taken time against the visits and the log against what is kept, and prints what it looked at.
func verify(ctx context.Context, p storage, now time.Time, out io.Writer) error {
	s, _, err := openStore(ctx, p, false)
	if err != nil {
		return err
	}
	defer s.Close()
	seals, err := s.VerifySeals(ctx)
	if err != nil {
		return err
	}
	chain, err := s.VerifyChain(ctx)
	if err != nil {
		return err
	}
	claims, err := upkeep.VerifyClaims(ctx, s, now)
	if err != nil {
		return err
	}
	kept, err := upkeep.VerifyKept(ctx, s, s.Engine())
	if err != nil {
		return err
	}
	if chain.Docs == 0 { // a store has lines from its first moment on
		chain.Faults = append(chain.Faults, store.ChainFault{Collection: "audit", Kind: store.FaultLanes})
	}
	report(out, seals, chain)
	reportClaims(out, claims)
	reportKept(out, kept)
	if len(seals.Bad)+len(chain.Faults)+len(claims.Faults)+len(kept.Faults) > 0 {
		return errFaults
	}
	fmt.Fprintln(out, "The store is whole.")
	return nil
}

func report(out io.Writer, seals seal.Report, chain store.ChainReport) {
	fmt.Fprintf(out, "Collections:  %d\n", len(collections()))
	fmt.Fprintf(out, "Seals:        %d documents looked at, %d opened, %d of erased people, %d bad\n",
		seals.Docs, seals.Opened, seals.Erased, len(seals.Bad))
	for _, b := range seals.Bad {
		fmt.Fprintf(out, "  bad seal: %s %s\n", b.Collection, b.ID)
	}
	fmt.Fprintf(out, "Chains:       %d lines in %d lanes, %d faults\n", chain.Docs, chain.Lanes, len(chain.Faults))
	for _, f := range chain.Faults {
		fmt.Fprintf(out, "  %s: %s lane %s at %d %s\n", f.Kind, f.Collection, f.Lane, f.Seq, f.ID)
	}
}

func reportKept(out io.Writer, r upkeep.KeptReport) {
	fmt.Fprintf(out, "Kept:         %d lines of what was made, %d documents missing\n", r.Lines, len(r.Faults))
	for _, f := range r.Faults {
		fmt.Fprintf(out, "  deleted: %s %s\n", f.Collection, f.ID)
	}
}

func reportClaims(out io.Writer, r upkeep.ClaimsReport) {
	fmt.Fprintf(out, "Time claims:  %d claims in %d ledgers, %d visits, %d faults\n", r.Claims, r.Ledgers, r.Visits, len(r.Faults))
	for _, f := range r.Faults {
		fmt.Fprintf(out, "  %s: visit %s of %s\n", f.Code, f.Claim.Visit, f.Claim.Who)
	}
}
