package record_test

import (
	"fmt"
	"testing"

	"handrail/care/caretest/documents"
	"handrail/care/record"
)

func TestDocumentsSayTheLimits(t *testing.T) {
	documents.Say(t, "../..", map[string][]string{
		"decisions/0005-the-log-is-the-event.md": {fmt.Sprintf("(%d lines an answer)", record.SyncLimit)},
	})
}
