package record

import (
	"context"
	"strconv"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/store"
)

// InstrumentView is an instrument as a form shows it. Without wording (Worded is
// false) a clinic has to import it first; the labels are no wording.
type InstrumentView struct {
	ID        string               `json:"id"`
	Title     string               `json:"title"`
	Version   string               `json:"version"`
	Worded    bool                 `json:"worded"`
	Licence   string               `json:"licence"`
	Language  string               `json:"language,omitempty"`
	Stem      string               `json:"stem,omitempty"`
	EveryDays int                  `json:"everyDays,omitempty"`
	Items     []InstrumentItemView `json:"items"`
}

// InstrumentItemView is one question of an instrument.
type InstrumentItemView struct {
	N       string                 `json:"n"`
	LinkID  string                 `json:"linkId,omitempty"`
	Label   string                 `json:"label"`
	Text    string                 `json:"text,omitempty"`
	Options []InstrumentOptionView `json:"options,omitempty"`
}

// InstrumentOptionView is one answer.
type InstrumentOptionView struct {
	Value int    `json:"value"`
	Text  string `json:"text,omitempty"`
}

// Instrument tells an instrument with its wording: what the clinic imported in
// that language, what is shipped in it, or what is shipped in English.
func (c *Service) Instrument(ctx context.Context, id, language string) (InstrumentView, error) {
	i, ok := checkin.FindInstrument(id)
	if !ok {
		return InstrumentView{}, models.NotFound()
	}
	v := InstrumentView{ID: i.ID, Title: i.Title, Version: i.Version, Licence: i.Licence.Status, Items: []InstrumentItemView{}}
	text, found, err := c.wording(ctx, id, language)
	if err != nil {
		return v, err
	}
	if found {
		v.Worded, v.Language, v.Stem, v.Licence = true, text.Language, text.Stem, text.Licence
	}
	for _, it := range i.Items {
		item := InstrumentItemView{N: it.N, LinkID: it.LinkID, Label: it.Label, Text: text.Items[it.N].Text}
		for _, o := range it.Options {
			n := strconv.Itoa(o.Value)
			label := text.Items[it.N].Options[n]
			if label == "" {
				label = text.Options[n]
			}
			item.Options = append(item.Options, InstrumentOptionView{o.Value, label})
		}
		v.Items = append(v.Items, item)
	}
	return v, nil
}

// Instruments tells every instrument.
func (c *Service) Instruments(ctx context.Context, language string) ([]InstrumentView, error) {
	var out []InstrumentView
	for _, i := range checkin.Instruments() {
		v, err := c.Instrument(ctx, i.ID, language)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (c *Service) wording(ctx context.Context, id, language string) (checkin.InstrumentText, bool, error) {
	for _, lang := range []string{language, "en"} {
		t, err := chart.Load[checkin.InstrumentText](ctx, c.store, chart.ColTexts, checkin.TextID(id, lang))
		if err == nil {
			return t.Value, true, nil
		}
		if models.KindOf(err) != models.KindNotFound {
			return checkin.InstrumentText{}, false, err
		}
		if t, ok := checkin.BuiltInText(id, lang); ok {
			return t, true, nil
		}
	}
	return checkin.InstrumentText{}, false, nil
}

// ImportInstrumentText keeps wording that a clinic has a licence for. A newer
// import of the same instrument and language replaces the one before.
func (c *Service) ImportInstrumentText(ctx context.Context, t checkin.InstrumentText) error {
	id := checkin.TextID(t.Instrument, t.Language)
	old, err := chart.Load[checkin.InstrumentText](ctx, c.store, chart.ColTexts, id)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	doc, err := chart.Encode(id, chart.OwnerSite, old.Version, nil, t)
	if err != nil {
		return err
	}
	op := store.Insert(chart.ColTexts, doc)
	if old.Version > 0 {
		op = store.Replace(chart.ColTexts, doc)
	}
	e := c.base.AuditEvent(chart.SystemActor, "instrument.imported")
	e.Ref = id
	return c.base.Commit(ctx, e, op)
}
