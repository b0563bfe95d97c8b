package reminder

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"handrail/models"
)

var update = flag.Bool("update", false, "write the table of kinds into docs/notifications.md")

// inWords are the kinds that somebody gets.
var inWords = map[Kind]string{
	VisitNow: "visit in 10 minutes", VisitSoon: "visit in 1 hour", VisitAhead: "visit tomorrow", VisitConfirmed: "visit booked or moved",
	MedicineTime: "medicine time", CheckIn: "check-in", News: "something to look at", NaloxoneExpiry: "end of naloxone's shelf life",
	PlanReview: "review of the crisis plan", PlanRehearsal: "rehearsal of the crisis plan", Milestone: "date of a goal or of a step of it",
	Gathered: "the day's one digest of small things", TeamAlarm: "an urgent alert, a broken glass", HelpCall: "a call for help",
}

var roles = []struct {
	role models.Role
	many string
}{{models.RolePatient, "patients"}, {models.RoleSupporter, "family and friends"}, {models.RoleInterpreter, "interpreters"}, {models.RoleClinician, "clinicians"},
	{models.RoleCoordinator, "coordinators"}, {models.RoleAdministrator, "administrators"}}

func whom(k Kind) string {
	var out []string
	for _, r := range roles {
		if slices.Contains(Offered(r.role), k) {
			out = append(out, r.many)
		}
	}
	switch {
	case k == TeamAlarm:
		return "who is asked to answer for it, the privacy officer"
	case k == HelpCall:
		return "who was promised one, by the way that the patient chose"
	case k == Gathered:
		return "patients"
	case len(out) == len(roles):
		return "everybody"
	}
	return strings.Join(out, ", ")
}

func steps(t Traits) string {
	if t.Digest {
		return "in the digest"
	}
	words := map[Step]string{StepPush: "push", StepLocal: "phone's own alarm", StepEmail: "e-mail", StepSMS: "SMS", StepPerson: "a task for the team"}
	var out []string
	for _, s := range t.Steps {
		out = append(out, words[s])
	}
	if t.AtOnce {
		return strings.Join(out, ", ") + ", all at once"
	}
	return strings.Join(out, ", ")
}

// leads are the days of what has a date.
func leads(k Kind) string {
	var out []string
	for _, d := range dateLeads[k] {
		switch {
		case d > 0:
			out = append(out, strconv.Itoa(d)+" before")
		case d == 0:
			out = append(out, "that day")
		default:
			out = append(out, strconv.Itoa(-d)+" after")
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " (days: " + strings.Join(out, ", ") + ")"
}

func useful(d time.Duration) string {
	if d < time.Hour {
		return fmt.Sprintf("%d min", d/time.Minute)
	}
	return fmt.Sprintf("%d h", d/time.Hour)
}

// kindsTable is the table of kinds as docs/notifications.md has it.
func kindsTable(t *testing.T) string {
	var out strings.Builder
	out.WriteString("| kind | | to | default step after step | quiet hours | of use for |\n|---|---|---|---|---|---|\n")
	for _, k := range append(slices.Clone(Kinds), Gathered) {
		to := whom(k)
		if (to == "") != (inWords[k] == "") {
			t.Errorf("%s: it has words, or somebody gets it, and not both", k)
		}
		if to == "" {
			continue // kept for what plans it one day
		}
		traits := k.Traits()
		quiet := map[QuietRule]string{QuietWait: "waits", QuietSkip: "stays in the inbox", QuietPass: "comes all the same"}[traits.Quiet]
		fmt.Fprintf(&out, "| %s%s | `%s` | %s | %s | %s | %s |\n", inWords[k], leads(k), k, to, steps(traits), quiet, useful(traits.Useful))
	}
	return out.String()
}

// TestNotificationsAreListed holds docs/notifications.md to the kinds that there are: who
// gets them, by what, and when. What nobody gets is not promised.
func TestNotificationsAreListed(t *testing.T) {
	const file, begin, end = "../../docs/notifications.md", "<!-- kinds -->\n", "<!-- /kinds -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	had, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no %s … %s", file, strings.TrimSpace(begin), end)
	}
	want := kindsTable(t)
	if had != want && !*update {
		t.Errorf("%s has another table of kinds: go test ./models/reminder -run Listed -update", file)
	}
	if had != want && *update {
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, k := range Kinds {
		if whom(k) == "" && strings.Contains(strings.ToLower(before+after), strings.Split(string(k), "-")[0]) {
			t.Errorf("%s is spoken of, and nobody gets it", k)
		}
	}
}
