package people

import (
	"cmp"
	"context"
	"errors"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/imports"
	"handrail/store"
)

// knownPeople is everybody whom the office may know of.
type knownPeople struct {
	crowd    *imports.Crowd
	accounts map[string]models.Account // all, also of charts that are closed to who looks
	hidden   map[string]bool           // accounts of those
	patients map[string]models.Patient
	unread   int // records that can't be read: nothing was held against them
}

// knownPeople reads all accounts and patients: once a look. Whose chart is closed to the
// actor is nobody's double for them.
func (c *Service) knownPeople(ctx context.Context, actor models.Actor) (*knownPeople, error) {
	k := &knownPeople{crowd: imports.NewCrowd(), accounts: map[string]models.Account{}, hidden: map[string]bool{}, patients: map[string]models.Patient{}}
	_, shown, err := c.shown(ctx, actor)
	if err != nil {
		return nil, err
	}
	patients, bad, err := chart.ReadableOnes[models.Patient](ctx, c.store, chart.ColPatients, store.Query{Index: "created"}, 0)
	if err != nil {
		return nil, err
	}
	k.unread = len(bad)
	for _, p := range patients {
		k.patients[p.Value.ID] = p.Value
	}
	for _, role := range models.Roles {
		accounts, bad, err := chart.ReadableOnes[models.Account](ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(role)}}, 0)
		if err != nil {
			return nil, err
		}
		if role != models.RolePatient { // their charts were counted
			k.unread += len(bad)
		}
		for _, a := range accounts {
			k.accounts[a.Value.ID] = a.Value
			if k.hidden[a.Value.ID] = !shown(a.Value.PatientID); !k.hidden[a.Value.ID] {
				k.crowd.Add(k.somebody(a.Value))
			}
		}
	}
	return k, nil
}

func (k *knownPeople) somebody(a models.Account) imports.Somebody {
	p := k.patients[a.PatientID]
	return imports.Somebody{Name: a.Name, Role: a.Role, BirthDate: p.BirthDate, Phone: p.Phone, RecordNumber: p.RecordNumber,
		Twin: imports.Twin{AccountID: a.ID, Name: a.Name, Role: a.Role}}
}

// planPerson is an account of a line.
func (i *importing) planPerson(ctx context.Context, row imports.Row) (planned, error) {
	cell := row.Cells
	id := i.id(row, "account")
	n := i.care.withSiteDefaults(NewAccount{ID: id, Role: cmp.Or(models.Role(cell["role"]), models.RolePatient), Discipline: models.Discipline(cell["discipline"]),
		Name: cell["name"], PreferredName: cell["preferredname"], BirthDate: cell["birthdate"], Phone: models.NormalPhone(cell["phone"]),
		RecordNumber: cell["recordnumber"], Zone: cell["zone"], Language: cell["language"], Country: cell["country"]})
	if n.PatientID != "" {
		n.PatientID = i.id(row, "patient")
	}
	var checks models.Checks
	checks.Require(!n.Role.Valid() || n.Role != models.RolePartner && i.care.base.Creates(i.actor, n.Role), "role", "role-not-yours", "You can't make accounts of this role.")
	checks.Require(!n.Role.Valid() || n.Role == models.RolePatient || n.PreferredName+n.BirthDate+n.Phone+n.RecordNumber == "", "role", "for-patients", "Only a patient's record keeps a birth date, a phone or a record number.")
	refused := append(fieldsOf(checkAccount(n)), checks.Fields()...)
	if len(refused) > 0 {
		return planned{line: imports.RefusedBy(row.N, refused...)}, nil
	}
	line := imports.Line{Line: row.N, Name: n.Name, Role: n.Role}
	somebody := imports.Somebody{Name: n.Name, Role: n.Role, BirthDate: n.BirthDate, Phone: n.Phone, RecordNumber: n.RecordNumber, Twin: imports.Twin{Line: row.N}}
	if _, made := i.known.accounts[id]; made {
		line.State = imports.Made
		return planned{line: line}, nil // it is in the crowd, as somebody who is there
	}
	line.State, line.Twin = i.known.crowd.Hold(somebody)
	write := func(turn store.Op) error {
		a, ops, err := i.care.account(n)
		if err == nil && n.Role == models.RoleAdministrator {
			err = i.care.signin.StepUpNeeded(ctx, i.actor)
		}
		if err != nil {
			return err
		}
		e := i.care.base.AuditEvent(i.actor, "account.created")
		e.Ref, e.PatientID, e.Rule = a.ID, a.PatientID, cmp.Or(models.RuleOfAccount(n.Role), "import") // administrators hear of a new one
		return i.care.base.Commit(ctx, e, append(ops, turn)...)
	}
	return planned{line, write, func() { i.known.crowd.Add(somebody) }}, nil
}

func fieldsOf(err error) []models.FieldError {
	if e, ok := errors.AsType[*models.Error](err); ok {
		return e.Fields
	}
	return nil
}
