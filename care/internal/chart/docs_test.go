package chart

import (
	"fmt"
	"testing"

	"handrail/care/caretest/documents"
	"handrail/models"
)

func TestDocumentsNameWhatThereIs(t *testing.T) {
	documents.Say(t, "../../..", map[string][]string{
		"decisions/0004-plan-credential.md":           {"The collection `" + ColPlanCopies + "`"},
		"decisions/0007-restore.md":                   {"`" + ColFacts + "/incarnation`"},
		"decisions/0012-the-plan-in-force.md":         {"`removes-not-said`"},
		"decisions/0013-breaking-the-glass.md":        {fmt.Sprintf("for %d minutes", models.BreakGlassMinutes)},
		"decisions/0014-one-poisoned-record.md":       {"`models.LoadZone`", "`models.StoredZone`"},
		"decisions/0021-what-leaves-the-programme.md": {"`tpo`"},
	})
}
