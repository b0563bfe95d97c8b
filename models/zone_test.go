package models

import (
	"archive/zip"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// UnknownZones are names that some reader of zones takes and this program does not.
var unknownZones = []string{"", "Local", "local", "localtime", "posix/UTC", "posix/America/New_York", "right/Europe/Berlin", "posix/right/UTC", "posixrules",
	"Factory", "../etc/passwd", "/etc/localtime", "America/../America/New_York", "America//New_York", "America/New_York/", " America/New_York",
	"America/New_York\x00", "america/new_york", "AMERICA/NEW_YORK", "America/New_york", "utc", "Utc", "gmt", "est", "GMT+5", "UTC+1", "+05:00", "EDT", "Mars/Olympus",
	"America", "zone.tab", "tzdata.zi", "Etc/Unknown", "Etc/gmt+5"}

func TestOneRuleForZones(t *testing.T) {
	for range 2 { // the second time from memory
		for _, name := range unknownZones {
			if _, err := LoadZone(name); err == nil {
				t.Errorf("%q was taken", name)
			}
		}
		for _, name := range []string{"Europe/Berlin", "America/Argentina/Ushuaia", "UTC", "Etc/GMT+5", "America/Port-au-Prince", "Asia/Calcutta", "US/Eastern", "EST5EDT"} {
			if z, err := LoadZone(name); err != nil || z.String() != name {
				t.Errorf("%q: %v", name, err)
			}
		}
	}
}

// The list is that of the database that the program brings along.
func TestTheListOfZonesIsTheDatabases(t *testing.T) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	file, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib/time/zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var want []string
	for _, f := range file.File {
		if !strings.HasSuffix(f.Name, "/") && f.Name != "Factory" {
			want = append(want, f.Name)
		}
	}
	slices.Sort(want)
	if got := strings.Fields(zoneList); !slices.Equal(got, want) {
		t.Errorf("models/data/zones.txt has %d zones, the database %d: write it anew", len(got), len(want))
	}
	for _, name := range want {
		if _, err := LoadZone(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStoredZone(t *testing.T) {
	for stored, want := range map[string]struct {
		meant string
		odd   bool
	}{
		"America/New_York":       {"America/New_York", false},
		"posix/America/New_York": {"America/New_York", true},
		"right/Asia/Tokyo":       {"Asia/Tokyo", true},
		"Local":                  {"Europe/Paris", true},
		"":                       {"Europe/Paris", true},
		"america/new_york":       {"Europe/Paris", true},
	} {
		if meant, odd := StoredZone(stored, "Local", "Europe/Paris"); meant != want.meant || odd != want.odd {
			t.Errorf("%q: %s, %v", stored, meant, odd)
		}
	}
	if meant, odd := StoredZone("posix/x", "right/UTC"); meant != "UTC" || !odd {
		t.Error("no fallback is UTC:", meant)
	}
}
