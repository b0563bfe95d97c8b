package record

import (
	"fmt"
	"testing"

	"handrail/care/caretest/documents"
)

func TestDocumentsSayTheLimits(t *testing.T) {
	documents.Say(t, "../..", map[string][]string{
		"decisions/0005-the-log-is-the-event.md": {fmt.Sprintf("(%d lines an answer)", syncLimit)},
	})
}
