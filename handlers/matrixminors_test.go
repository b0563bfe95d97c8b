package handlers_test

import (
	"maps"
	"slices"
	"testing"

	"handrail/care/minors"
	"handrail/models"
)

// minorVisits says how the operations of the rules for minors are called: on one that
// another administrator has proposed, where the call is about one.
func (c *clinic) minorVisits(t testing.TB, into map[string]visit, operationID string) {
	t.Helper()
	const place = "US-WA"
	rule, _ := models.MinorRuleOf(place)
	at, words, second := map[string]string{"jurisdiction": place}, rule.Fingerprint(), ""
	if slices.Contains([]string{"proposeMinorRule", "signMinorRule", "endMinorRule"}, operationID) {
		other := c.First(models.RoleAdministrator, "")
		second = other.AccountID
		if _, err := c.Care.Minors.End(t.Context(), other, place); err != nil {
			t.Fatal(err)
		}
		if operationID != "proposeMinorRule" {
			if _, err := c.Care.Minors.Propose(t.Context(), other, place, minors.Proposal{Fingerprint: words, Counsel: "Lee & Park", Second: c.admin.AccountID}); err != nil {
				t.Fatal(err)
			}
		}
	}
	maps.Copy(into, map[string]visit{
		"listMinorRules":   {},
		"proposeMinorRule": {path: at, body: map[string]any{"fingerprint": words, "counsel": "Lee & Park", "second": second}},
		"signMinorRule":    {path: at, body: map[string]any{"fingerprint": words}},
		"endMinorRule":     {path: at},
	})
}
