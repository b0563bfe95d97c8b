package people

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/imports"
	"handrail/store"
)

// ImportFile is a spreadsheet that the office brings.
type ImportFile struct {
	ID   string // client-made; what is written has ids made from it, so that a retry writes nothing twice
	Kind imports.Kind
	CSV  string
	Take []int // lines that are alike and of which a person says that they are others
}

// Imported is what was found out about a file, or became of it.
type Imported struct {
	Lines   []imports.Line `json:"lines"`
	Ignored []int          `json:"ignoredColumns"`
	Unread  int            `json:"unread"`
}

// LookAtImport tells line by line what an import would write, and writes nothing but the
// line that somebody looked. For administrators and coordinators. Errors: those of
// imports.Read; KindForbidden.
func (c *Service) LookAtImport(ctx context.Context, actor models.Actor, f ImportFile) (Imported, error) {
	if err := c.mayImport(ctx, actor, f.Kind); err != nil {
		return Imported{}, err
	}
	i, err := c.importing(ctx, actor, f)
	if err != nil {
		return Imported{}, err
	}
	for _, row := range i.file.Rows {
		p, err := i.plan(ctx, row)
		if err != nil {
			return Imported{}, err
		}
		i.keep(p)
	}
	e := c.base.AuditEvent(actor, "import.looked")
	e.Rule, e.Count = string(f.Kind), len(i.out.Lines)
	return i.out, c.base.Note(ctx, e)
}

// Import writes the lines that are new, and of those that are alike the taken ones. Every
// line is held against the record again at that moment, and written in a batch of its own
// with its own line in the log: an import that was cut off goes on where it ended when it is
// sent again, and says Made of what is there. Two imports at once see each other.
func (c *Service) Import(ctx context.Context, actor models.Actor, f ImportFile) (Imported, error) {
	if err := c.mayImport(ctx, actor, f.Kind); err != nil {
		return Imported{}, err
	}
	if f.Kind == imports.PaperConsents {
		if err := c.signin.StepUpNeeded(ctx, actor); err != nil {
			return Imported{}, err
		}
	}
	return chart.InTurn(ctx, func() (Imported, error) {
		for {
			out, err := c.importOnce(ctx, actor, f)
			if models.KindOf(err) != models.KindStale || ctx.Err() != nil {
				return out, err
			}
			// Another import wrote something meanwhile: one of them always goes on.
		}
	})
}

// importOnce writes until another import comes between: KindStale, or KindConflict where
// that was the first of all.
func (c *Service) importOnce(ctx context.Context, actor models.Actor, f ImportFile) (Imported, error) {
	turn, err := c.base.Turn(ctx, "import", chart.OwnerSite)
	if err != nil {
		return Imported{}, err
	}
	i, err := c.importing(ctx, actor, f)
	if err != nil {
		return Imported{}, err
	}
	for _, row := range i.file.Rows {
		p, err := i.plan(ctx, row)
		if err != nil {
			return Imported{}, err
		}
		if p.line.State == imports.New || p.line.State == imports.Alike && slices.Contains(f.Take, row.N) {
			if err := p.write(turn); err != nil {
				return Imported{}, err
			}
			p.line.State, p.line.Twin = imports.Made, nil
			turn.Doc.Version++ // what this import wrote is no reason to look again
			turn = store.Replace(turn.Collection, turn.Doc)
		}
		i.keep(p)
	}
	return i.out, nil
}

func (c *Service) mayImport(ctx context.Context, actor models.Actor, kind imports.Kind) error {
	if actor.Role != models.RoleAdministrator && actor.Role != models.RoleCoordinator {
		return c.base.Forbid(ctx, actor, "import.look")
	}
	if !slices.Contains(imports.Kinds, kind) {
		var checks models.Checks
		checks.Fail("kind", "not-a-choice", "Choose one of those that are offered.")
		return checks.Err()
	}
	return nil
}

// importing is one file, held against all who are there.
type importing struct {
	care  *Service
	actor models.Actor
	from  ImportFile
	file  imports.File
	known *knownPeople
	seen  map[string]int // consents of the file so far, by what they say
	out   Imported
}

// planned is what a line would be: what is said of it, and how it is written.
type planned struct {
	line  imports.Line
	write func(turn store.Op) error
	after func() // what the lines that follow are held against
}

func (c *Service) importing(ctx context.Context, actor models.Actor, f ImportFile) (*importing, error) {
	file, err := imports.Read(f.Kind, f.CSV)
	if err != nil {
		return nil, err
	}
	known, err := c.knownPeople(ctx, actor)
	if err != nil {
		return nil, err
	}
	ignored := file.Ignored
	if ignored == nil {
		ignored = []int{}
	}
	return &importing{care: c, actor: actor, from: f, file: file, known: known, seen: map[string]int{},
		out: Imported{Lines: make([]imports.Line, 0, len(file.Rows)), Ignored: ignored, Unread: known.unread}}, nil
}

func (i *importing) plan(ctx context.Context, row imports.Row) (planned, error) {
	if row.Wide {
		return planned{line: imports.RefusedBy(row.N, models.FieldError{Field: "csv", Code: "too-many-cells", Text: "This line has more cells than there are columns."})}, nil
	}
	if i.from.Kind == imports.PaperConsents {
		return i.planConsent(ctx, row)
	}
	return i.planPerson(ctx, row)
}

func (i *importing) keep(p planned) {
	if p.after != nil && p.line.State != imports.Refused && p.line.State != imports.Double {
		p.after()
	}
	i.out.Lines = append(i.out.Lines, p.line)
}

// importSpace keeps ids that are made from lines of a file apart from all others.
var importSpace = uuid.MustParse("0d8c3f52-71a6-8e4b-b0c9-5a2e7f9d1460")

// id is that of what a line makes: the same line of the same import has the same. column
// names tell apart what the cells say.
func (i *importing) id(row imports.Row, what string) string {
	parts := []string{i.from.ID, what, strconv.Itoa(row.N)}
	for _, column := range imports.Columns(i.from.Kind) {
		parts = append(parts, row.Cells[column])
	}
	return uuid.NewSHA1(importSpace, []byte(strings.Join(parts, "\x00"))).String()
}
