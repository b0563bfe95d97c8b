// Package families is the place beside a patient that the patient controls: who is
// invited and what both agreed to, what somebody would see, when it ends, and what
// family and friends tell about themselves, which is theirs and nobody's else.
package families

import (
	"context"
	"strings"

	"github.com/skip2/go-qrcode"

	"handrail/care/crisis"
	"handrail/care/internal/chart"
	"handrail/care/messages"
	"handrail/care/people"
	"handrail/care/record"
	"handrail/care/signin"
	"handrail/care/visits"
	"handrail/models"
	"handrail/store"
)

// Service is the use cases of families.
type Service struct {
	base    *chart.Base
	store   store.Store
	now     models.Clock
	site    models.Site
	baseURL string
	signin  *signin.Inside
	people  *people.Inside
	crisis  *crisis.Inside
	record  *record.Service
	visits  *visits.Service
	threads *messages.Service
	erase   Eraser
	page    Page
}

// Eraser destroys a person's data key; the sealed store has it.
type Eraser = func(ctx context.Context, owner string) error

// Page tells whether a page of education is there for a reader. Errors: KindNotFound.
type Page = func(ctx context.Context, module string) error

// Config is what families need of other parts. Erase nil: documents are deleted one by
// one, and no key is destroyed.
type Config struct {
	BaseURL string // the address that people use: an invitation leads there
	Signin  *signin.Inside
	People  *people.Inside
	Crisis  *crisis.Inside
	Record  *record.Service
	Visits  *visits.Service
	Threads *messages.Service
	Erase   Eraser
	Page    Page
}

// New makes them, and what the other parts of care ask.
func New(base *chart.Base, c Config) (*Service, *Inside) {
	s := &Service{base: base, store: base.Store, now: base.Now, site: base.Site, baseURL: strings.TrimSuffix(c.BaseURL, "/"),
		signin: c.Signin, people: c.People, crisis: c.Crisis, record: c.Record, visits: c.Visits, threads: c.Threads, erase: c.Erase, page: c.Page}
	return s, &Inside{s}
}

// Part is the circle of a patient's open chart. Do not keep it: a revocation holds from
// the next Open.
type Part struct {
	chart   *chart.Chart
	care    *Service
	actor   models.Actor
	patient string
}

// Part is the part of an open chart that this package answers for.
func (c *Service) Part(ch *chart.Chart) *Part {
	return &Part{chart: ch, care: c, actor: ch.Actor(), patient: ch.PatientID()}
}

// rowsOf draws a text as a QR code: rows of 0 and 1, with the quiet zone.
func rowsOf(text string) ([]string, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, err
	}
	var rows []string
	for _, row := range code.Bitmap() {
		var b strings.Builder
		for _, dark := range row {
			b.WriteByte("01"[map[bool]int{true: 1}[dark]])
		}
		rows = append(rows, b.String())
	}
	return rows, nil
}
