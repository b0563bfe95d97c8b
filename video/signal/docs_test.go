package signal

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSignalingListsTheMessages holds docs/signaling.md to what can be said, both ways,
// and to the limits.
func TestSignalingListsTheMessages(t *testing.T) {
	raw, err := os.ReadFile("../../docs/signaling.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	client := listed(t, text, "## What a client says\n")
	for _, name := range client {
		if (&Client{}).fill(name, []byte("{}")) == false {
			t.Errorf("%s is listed, and can't be said", name)
		}
	}
	for _, name := range []string{"hello", "offer", "candidate", "command", "watch", "chat", "caption", "report", "ping"} {
		if !slices.Contains(client, name) {
			t.Errorf("%s can be said, and is not listed", name)
		}
	}
	types := []string{TypeWelcome, TypeAnswer, TypeRoom, TypeSeats, TypeSending, TypeChat, TypeCaption, TypeMedia, TypeNetwork, TypeResume, TypePong, TypeError, TypeBye}
	server := listed(t, text, "## What the server says\n")
	slices.Sort(types)
	slices.Sort(server)
	if !slices.Equal(types, server) {
		t.Errorf("the server says %v, listed are %v", types, server)
	}
	for _, s := range []string{
		fmt.Sprintf("At most %d KiB of SDP, %d m-lines", MaxSDP>>10, MaxLines),
		fmt.Sprintf("One message %d KiB", MaxMessage>>10),
		"≤ 2,000 characters", fmt.Sprintf("≤ %d", MaxCaption), fmt.Sprintf("at most %d bytes", MaxID),
	} {
		if !strings.Contains(text, s) {
			t.Errorf("it does not say: %s", s)
		}
	}
}

// listed are the names in the first column of the table of a section.
func listed(t *testing.T, text, heading string) []string {
	t.Helper()
	_, section, found := strings.Cut(text, heading)
	section, _, closed := strings.Cut(section, "\n#")
	if !found || !closed {
		t.Fatalf("there is no section %s", heading)
	}
	var out []string
	for _, row := range regexp.MustCompile(`(?m)^\| ([^|]*)\|`).FindAllStringSubmatch(section, -1) {
		for _, m := range regexp.MustCompile("`([a-z-]+)`").FindAllStringSubmatch(row[1], -1) {
			out = append(out, m[1])
		}
	}
	return out
}
