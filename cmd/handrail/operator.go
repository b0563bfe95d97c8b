package main

import (
	"context"
	"flag"

	"handrail/care"
	"handrail/care/people"
	"handrail/models"
)

// The operator's commands: each reads its settings and flags, and calls the
// function that does the work.

func runAccountCreate(ctx context.Context, c *call) error {
	var n people.NewAccount
	var role, discipline string
	var isNew bool
	s, _, err := c.settings(0, func(f *flag.FlagSet) {
		newStore(&isNew)(f)
		f.StringVar(&role, "role", "", "patient, supporter, clinician, coordinator or administrator")
		f.StringVar(&discipline, "discipline", "", "of a clinician")
		f.StringVar(&n.Name, "name", "", "")
	})
	if err != nil {
		return err
	}
	s.storage.isNew = isNew
	n.ID, n.Role, n.Discipline = care.NewID(), models.Role(role), models.Discipline(discipline)
	return createAccount(ctx, s.storage, s.care(), n, c.out)
}

func runAccountRecover(ctx context.Context, c *call) error {
	s, rest, err := c.settings(1, nil)
	if err != nil {
		return err
	}
	return recoverAccount(ctx, s.storage, s.care(), rest[0], c.out)
}

func runErase(ctx context.Context, c *call) error {
	var patient, really string
	s, _, err := c.settings(0, func(f *flag.FlagSet) {
		f.StringVar(&patient, "patient", "", "")
		f.StringVar(&really, "really", "", "")
	})
	if err != nil {
		return err
	}
	return erase(ctx, s, patient, really, c.out)
}

func runBackup(ctx context.Context, c *call) error {
	s, rest, err := c.settings(1, nil)
	if err != nil {
		return err
	}
	return backup(ctx, s.storage, rest[0], c.out)
}

func runRestore(ctx context.Context, c *call) error {
	var r restoring
	s, rest, err := c.settings(1, r.flags)
	if err != nil {
		return err
	}
	return restore(ctx, s, rest[0], r, c.out)
}

func runRestored(ctx context.Context, c *call) error {
	var r restoring
	s, _, err := c.settings(0, r.flags)
	if err != nil {
		return err
	}
	return restored(ctx, s, r, c.out)
}

func (r *restoring) flags(f *flag.FlagSet) {
	f.StringVar(&r.old, "old", "", "")
	f.Func("ends", "", func(path string) error {
		r.ends = append(r.ends, path)
		return nil
	})
	f.BoolVar(&r.keepOpen, "keep-open", false, "")
}

func runVerify(ctx context.Context, c *call) error {
	s, _, err := c.settings(0, nil)
	if err != nil {
		return err
	}
	return verify(ctx, s.storage, s.now(), c.out)
}

func runKeysRotate(ctx context.Context, c *call) error {
	s, _, err := c.settings(0, nil)
	if err != nil {
		return err
	}
	return rotateKeys(ctx, s.storage, s.care(), c.out)
}
