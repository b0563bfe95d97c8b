package medicines

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
)

// Order is what somebody puts on the list. Of Source here it is an order of a prescriber,
// with the facts that the rules asked for; of another source it is what was told.
type Order struct {
	Source   medicine.Source
	Terms    medicine.Terms
	Replaces string // a line that ends with this one: another amount, another form
	Facts    []medicine.Fact
	GoOn     []GoOn
}

// GoOn is the reason to go on after an interruption.
type GoOn struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// Interrupted is the answer to an order that a rule interrupts: nothing was written.
type Interrupted struct {
	Refusal error
	Checked Checked
}

func (e *Interrupted) Error() string { return e.Refusal.Error() }

// Unwrap gives the refusal as any other.
func (e *Interrupted) Unwrap() error { return e.Refusal }

const mostGoOn = 50

// Check says what an order would meet, and writes nothing of it: the form shows which
// facts are asked for before anything interrupts. id is that of the order.
func (ch *Part) Check(ctx context.Context, id string, o Order) (Checked, error) {
	d, err := ch.mayOrder(ctx, o)
	if err != nil {
		return Checked{}, err
	}
	_, _, c, err := ch.weigh(ctx, d, id, o)
	if err != nil {
		return Checked{}, err
	}
	if open, _ := c.stops(o.GoOn); o.Source == medicine.Here {
		if err := ch.care.noteFired(ctx, id, open); err != nil {
			return Checked{}, err
		}
	}
	if !ch.actor.Role.Staff() { // what the rules say is for who decides
		c.Findings, c.Asks, c.Duties = []medicine.Finding{}, []medicine.Ask{}, []medicine.Duty{}
	}
	return *c, ch.chart.NoteRead(ctx, d, "medicines.checked", id, len(c.Findings))
}

// mayOrder decides who puts what on the list: a prescriber orders; the patient and their
// team write down what comes from elsewhere.
func (ch *Part) mayOrder(ctx context.Context, o Order) (models.Decision, error) {
	m := medicine.Medicine{Source: o.Source, Terms: o.Terms}
	m.Identify()
	d, err := ch.chart.May(ctx, section(m.UseRelated), models.Write)
	if err != nil {
		return d, err
	}
	if o.Source == medicine.Here && (ch.actor.Role != models.RoleClinician || !ch.actor.Discipline.Prescribes()) {
		d.Rule = "not-a-prescriber"
		return d, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-a-prescriber", "Only a prescriber orders a medicine here. You can write down what comes from elsewhere."))
	}
	return d, nil
}

// weigh makes the line of an order, and asks the rules about the list with it.
func (ch *Part) weigh(ctx context.Context, d models.Decision, id string, o Order) (known, medicine.Medicine, *Checked, error) {
	c, now := ch.care, ch.care.today()
	m := medicine.Medicine{ID: id, PatientID: ch.patient, Source: o.Source, Status: medicine.Taken, AddedBy: models.AuthorOf(ch.actor), AddedAt: now, ChangedAt: now,
		Replaces: o.Replaces, Terms: o.Terms}
	if o.Source == medicine.Here {
		by := m.AddedBy
		m.Prescriber = &by
	}
	m.Identify()
	none := known{}
	if err := checkOrder(o, now); err != nil {
		return none, m, nil, err
	}
	k, err := c.load(ctx, ch.patient, ch.rights())
	if err != nil {
		return none, m, nil, err
	}
	var checks models.Checks
	replaced, found := k.line(o.Replaces)
	checks.Require(o.Replaces == "" || found && replaced.Value.Status == medicine.Taken, "replaces", "not-on-list", "What this replaces is not taken any more. Load the list again.")
	if err := checks.Err(); err != nil {
		return none, m, nil, err
	}
	in := k.input(now)
	in.Items = slices.DeleteFunc(in.Items, func(i medicine.Item) bool { return i.ID == id || o.Replaces != "" && i.ID == o.Replaces })
	item := m.Item(now)
	item.State = medicine.New
	in.Items = append(in.Items, item)
	for _, f := range o.Facts {
		in.Facts[f.Code] = f
	}
	checked, err := c.look(ctx, k, in)
	if err != nil {
		return none, m, nil, err
	}
	switch {
	case checked.Refused != "":
		m.Unchecked = medicine.UncheckedRules
	case !m.Known:
		m.Unchecked = medicine.UncheckedIngredient
		checked.NotChecked = append(checked.NotChecked, id)
	}
	m.Rules = checked.Version
	return k, m, checked, nil
}

func checkOrder(o Order, now time.Time) error {
	if err := medicine.CheckTerms(o.Source, o.Terms, now); err != nil {
		return err
	}
	var c models.Checks
	c.Require(len(o.Facts) <= len(medicine.FactCodes), "facts", "too-many", "That is too many entries.")
	for i, f := range o.Facts {
		medicine.CheckFact(&c, models.Indexed("facts", i), f, now)
	}
	checkGoOn(&c, o.GoOn)
	return c.Err()
}

func checkGoOn(c *models.Checks, on []GoOn) {
	c.Require(len(on) <= mostGoOn, "goOn", "too-many", "That is too many entries.")
	for i, g := range on {
		c.Text(models.Indexed("goOn", i)+".reason", g.Reason, 3, medicine.MaxText)
		c.Text(models.Indexed("goOn", i)+".key", g.Key, 1, 500)
	}
}

// Add puts a line on the list. An order that a rule interrupts is not written until it
// says why it goes on: the error is an Interrupted. The same call again is the same line.
func (ch *Part) Add(ctx context.Context, id string, o Order) (medicine.Medicine, error) {
	for {
		m, err := ch.add(ctx, id, o)
		if models.KindOf(err) == models.KindStale && ctx.Err() == nil {
			continue // another change of this list was faster: it is weighed anew
		}
		if err != nil {
			return medicine.Medicine{}, err
		}
		return ch.shown(m), nil
	}
}

func (ch *Part) add(ctx context.Context, id string, o Order) (medicine.Medicine, error) {
	d, err := ch.mayOrder(ctx, o)
	if err != nil {
		return medicine.Medicine{}, err
	}
	turn, err := ch.turn(ctx)
	if err != nil {
		return medicine.Medicine{}, err
	}
	stands, err := chart.Load[medicine.Medicine](ctx, ch.care.store, chart.ColMedicines, id)
	if models.KindOf(err) != models.KindNotFound {
		return ch.sameAgain(stands.Value, o, err)
	}
	k, m, checked, err := ch.weigh(ctx, d, id, o)
	if err != nil {
		return m, err
	}
	if err := fits(k, m); err != nil {
		return m, err
	}
	var passed []GoOn
	if o.Source == medicine.Here {
		if passed, err = ch.unlessInterrupted(ctx, id, checked, o); err != nil {
			return m, err
		}
	}
	ops, err := ch.added(ctx, k, &m, o, passed)
	if err != nil {
		return m, err
	}
	kind := "medicine.added"
	if o.Source == medicine.Here {
		kind = "medicine.ordered"
	}
	return m, ch.chart.Commit(ctx, d, kind, id, append(ops, turn)...)
}

// unlessInterrupted tells the reasons with which the order goes on, or why it does not.
func (ch *Part) unlessInterrupted(ctx context.Context, id string, checked *Checked, o Order) ([]GoOn, error) {
	var c models.Checks
	for _, a := range checked.Asks {
		given := slices.ContainsFunc(o.Facts, func(f medicine.Fact) bool { return f.Code == a.Fact })
		c.Require(!a.Required || given, "facts", "fact-needed-"+a.Fact, "A rule needs to know this before the order. If nobody knows, say so.")
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	open, passed := checked.stops(o.GoOn)
	if len(open) == 0 {
		return passed, nil
	}
	if err := ch.care.noteFired(ctx, id, open); err != nil {
		return nil, err
	}
	return nil, &Interrupted{models.E(models.KindConflict, "interrupted", "Please read this first. Change the order, or say why it goes on."), *checked}
}
