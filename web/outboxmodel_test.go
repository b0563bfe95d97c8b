package web

import (
	"os"
	"os/exec"
	"strconv"
	"testing"

	"handrail/care/caretest/rounds"
)

// TestWhatWasSavedIsSentOnce runs histories of the outbox by the page's own modules, in Node:
// two tabs, each killed in the middle of anything, a server that takes, loses its answer,
// refuses or is gone, a phone that is full, and entries that two older pages left. Nothing
// that was called saved is missing in the end, and nothing is sent after its answer was kept
// or stands there twice.
func TestWhatWasSavedIsSentOnce(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("node"); err != nil && os.Getenv("HANDRAIL_TEST_REQUIRE_BROWSER") == "" {
		t.Skip("node is needed: ", err)
	}
	runs := rounds.Of(400, 100_000)
	out, err := exec.CommandContext(t.Context(), "node", "testdata/outbox/model.mjs", "app", strconv.Itoa(runs), "20261129").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	t.Logf("%s", out)
}
