package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"handrail/care"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/models"
)

// createAccount makes an account and prints its enrolment code: how a site gets
// its first administrator.
func createAccount(ctx context.Context, p storage, c care.Config, n people.NewAccount, out io.Writer) error {
	h, err := openInstance(ctx, p, c, true)
	if err != nil {
		return err
	}
	defer h.close()
	a, err := h.care.People.CreateAccount(ctx, care.System(), n)
	if err != nil {
		return plain(err)
	}
	fmt.Fprintf(out, "Account %s for %s.\n", a.ID, a.Role)
	return printCode(ctx, h, a.ID, out)
}

func printCode(ctx context.Context, h *instance, accountID string, out io.Writer) error {
	code, err := h.care.Signin.NewEnrolmentCode(ctx, care.System(), accountID, signin.CodeRequest{})
	if err != nil {
		return plain(err)
	}
	fmt.Fprintf(out, "Enrolment code: %s (works once, until %s)\n", code.Code, code.ExpiresAt.Format("2006-01-02 15:04 MST"))
	return nil
}

// recoverAccount lets somebody back in whom nobody else can: who stands at the machine
// could read its key anyway. What else they had to show may be what is lost, and is
// taken off. The person is told, and it stands in the log. A stopped
// account has to be turned on first, which an administrator does.
func recoverAccount(ctx context.Context, p storage, c care.Config, accountID string, out io.Writer) error {
	h, err := openInstance(ctx, p, c, false)
	if err != nil {
		return err
	}
	defer h.close()
	a, err := h.care.Upkeep.Account(ctx, accountID)
	if err != nil {
		return plain(err)
	}
	fmt.Fprintf(out, "Account %s for %s.\n", a.ID, a.Role)
	if a.Status != models.AccountActive {
		return fmt.Errorf("this account is stopped: an administrator turns it on again; make one with handrail account create if none is left")
	}
	if err := h.care.Signin.TakeOffFactors(ctx, care.System(), a.ID); err != nil { // whoever is locked out may have lost them
		return plain(err)
	}
	return printCode(ctx, h, a.ID, out)
}

// erase destroys a patient's data key. It asks for the id twice, because nothing
// brings the record back.
func erase(ctx context.Context, s settings, patientID, again string, out io.Writer) error {
	if patientID == "" || patientID != again {
		return fmt.Errorf("give the patient's id twice, with --patient and --really; nothing brings the record back")
	}
	h, err := openInstance(ctx, s.storage, s.care(), false)
	if err != nil {
		return err
	}
	defer h.close()
	n, _, err := s.notifier(ctx, h, slog.Default())
	if err != nil {
		return err
	}
	account, err := h.care.People.AccountOf(ctx, patientID)
	if err != nil {
		return plain(err)
	}
	if err := h.care.Upkeep.ErasePatient(ctx, forgetting{h.store, n, account}, patientID); err != nil {
		return plain(err)
	}
	fmt.Fprintln(out, "The record can't be read any more. The access log stays. Old backups still hold the sealed record and its wrapped key: let them expire.")
	return nil
}

// plain tells a refusal of the use cases with its fields.
func plain(err error) error {
	e, ok := err.(*models.Error)
	if !ok {
		return err
	}
	text := e.Text
	for _, f := range e.Fields {
		text += "\n  " + f.Field + ": " + f.Text
	}
	return fmt.Errorf("%s", text)
}
