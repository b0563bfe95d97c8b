package handlers

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// VisitRoles reads the roles of a search for times, as they stand in its query.
func VisitRoles(texts []string) ([]visits.VisitRole, error) {
	var c models.Checks
	out := make([]visits.VisitRole, 0, len(texts))
	for i, text := range texts {
		r, ok := VisitRole(text)
		c.Require(ok && len(text) <= 2500, fmt.Sprintf("query.role[%d]", i), "bad-role", "A role is an account, or parts such as discipline=therapy;need=1.")
		if r.Key == "" {
			r.Key = "role-" + strconv.Itoa(i+1)
		}
		out = append(out, r)
	}
	return out, c.Err()
}

// VisitRole reads one: "<account id>", or "name=value;name=value;optional".
func VisitRole(text string) (r visits.VisitRole, ok bool) {
	if uuid.Validate(text) == nil {
		return visits.VisitRole{Who: []string{text}}, true
	}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(part, "=")
		if seen[name] || (value == "") != (name == "optional") {
			return r, false
		}
		seen[name] = true
		switch name {
		case "who":
			r.Who, ok = strings.Split(value, "|"), true
		case "discipline":
			r.Discipline, ok = models.Discipline(value), models.Discipline(value).Valid()
		case "language":
			r.Language, ok = value, len(value) <= 35
		case "need":
			r.Need, ok = smallNumber(value)
		case "from":
			r.OffsetMinutes, ok = smallNumber(value)
		case "minutes":
			r.Minutes, ok = smallNumber(value)
		case "kind":
			r.Kind, ok = schedule.Kind(value), value == "clinician" || value == "supporter" || value == "resource"
		case "key":
			r.Key, ok = value, len(value) <= 64
		case "optional":
			r.Optional, ok = true, true
		default:
			ok = false
		}
		if !ok {
			return r, false
		}
	}
	return r, ok
}

func smallNumber(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n <= 1000
}
