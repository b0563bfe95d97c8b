package families

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
)

// GivePage gives somebody of the circle a page of education to read, with a word of why
// where the patient wants one. It needs no consent: the patient says it themselves, and it
// opens nothing. The same under the same id is one. Only the patient can.
func (ch *Part) GivePage(ctx context.Context, accountID, id, module, why string) (models.PageFor, error) {
	none := models.PageFor{}
	d, err := ch.mayShare(ctx)
	if err != nil {
		return none, err
	}
	var checks models.Checks
	checks.Text("why", why, 0, models.MaxPageForWhy)
	switch err := ch.care.page(ctx, module); models.KindOf(err) {
	case 0:
	case models.KindNotFound:
		checks.Fail("module", "no-such-module", "Choose a page from the list.")
	default:
		return none, err
	}
	if err := checks.Err(); err != nil {
		return none, err
	}
	given := models.PageFor{ID: id, Module: module, Why: why, At: ch.care.now().UTC().Truncate(time.Millisecond)}
	err = ch.care.changePages(ctx, ch.chart, d, accountID, "page.given", func(pages []models.PageFor) ([]models.PageFor, error) {
		if i := pageAt(pages, id); i >= 0 {
			if pages[i].Module != module || pages[i].Why != why {
				return nil, models.E(models.KindConflict, "already-exists", "This id is taken.")
			}
			given = pages[i]
			return pages, nil
		}
		if len(pages) >= models.MaxPagesFor {
			return nil, models.E(models.KindConflict, "too-many-given", "There are twenty pages on this list. Please take some off first.")
		}
		return append([]models.PageFor{given}, pages...), nil
	})
	return given, err
}

// TakePageBack takes a page off somebody's list; they are told nothing. One that is off is
// off.
func (ch *Part) TakePageBack(ctx context.Context, accountID, id string) error {
	d, err := ch.mayShare(ctx)
	if err != nil {
		return err
	}
	return ch.care.changePages(ctx, ch.chart, d, accountID, "page.taken-back", without(id))
}

// PutPageAway takes a page off the actor's own list. The patient sees that it is off and
// not why: it says nothing of whether they read it.
func (c *Service) PutPageAway(ctx context.Context, actor models.Actor, patientID, id string) error {
	ch, d, err := c.beside(ctx, actor, patientID)
	if err != nil {
		return err
	}
	return c.changePages(ctx, ch, d, actor.AccountID, "page.put-away", without(id))
}

func pageAt(pages []models.PageFor, id string) int {
	return slices.IndexFunc(pages, func(p models.PageFor) bool { return p.ID == id })
}

func without(id string) func([]models.PageFor) ([]models.PageFor, error) {
	return func(pages []models.PageFor) ([]models.PageFor, error) {
		return slices.DeleteFunc(slices.Clone(pages), func(p models.PageFor) bool { return p.ID == id }), nil
	}
}

// changePages changes the pages of somebody of the circle; two at once take turns.
func (c *Service) changePages(ctx context.Context, ch *chart.Chart, d models.Decision, accountID, action string, change func([]models.PageFor) ([]models.PageFor, error)) error {
	for range maxTries {
		r, version, err := c.relation(ctx, ch.PatientID(), accountID)
		if err == nil && version == 0 {
			err = models.NotFound()
		}
		if err != nil {
			return err
		}
		next, err := change(r.Pages)
		if err != nil || len(next) == len(r.Pages) {
			return err
		}
		r.Pages = next
		op, err := relatedOp(r, version)
		if err != nil {
			return err
		}
		if err := ch.Commit(ctx, d, action, accountID, op); models.KindOf(err) != models.KindStale && models.KindOf(err) != models.KindConflict {
			return err
		}
	}
	return models.E(models.KindConflict, "changed-meanwhile", "This was changed meanwhile. Please try again.")
}

func pagesOrNone(pages []models.PageFor) []models.PageFor {
	return append([]models.PageFor{}, pages...)
}
