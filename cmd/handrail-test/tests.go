package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"handrail/care/caretest/instants"
	"handrail/care/caretest/rounds"
	"handrail/store/storetest"
)

// The browser's tests are only a client of the program, and planning is asked at several
// instants.
const module, browser, planning, commands, calendars = "handrail/", "handrail/web/webtest", "handrail/planning", "handrail/cmd/handrail", "handrail/icalendar"

// split are the packages of which a part is raced, since the rest would take long with it.
var split = []string{"handrail/handlers", commands, planning, "handrail/care/medicines"}

// served are the tests of cmd/handrail in which parts of one program run beside each other for a
// while: the race detector looks at these. All others give an operator's commands one after the
// other, kill the program, or count what an idle one asks; they run it as it is shipped, since
// its start takes several times longer under the race detector (decision 0173).
var served = []string{"TestSoak", "TestServeStopsWhenTold", "TestAnEndReachesEverything", "TestReadinessOnMongo", "TestDemo", "TestPartsStopInTheirOrder",
	"TestAPartThatFailsTakesTheOthersWithIt", "TestAPartThatHangsIsLeftBehind", "TestAWorkerTakesTurns", "TestAWorkerHasALastTurn", "TestFailuresAreLoggedAtTheirEdges"}

// only is what -run and -skip understand: these tests.
func only(tests ...string) string { return "^(" + strings.Join(tests, "|") + ")$" }

// kinds are the packages with tests, but for the browser's, by what the race detector has to
// look at in them (decision 0202).
type kinds struct {
	split []string // in some tests: those have a run of their own
	raced []string // in what they do, or in tests of which the others are short
	alone []string // nothing: one thing is done after the other
	some  []string // the tests of split that are raced
}

func kindsOf(ctx context.Context) (k kinds, err error) {
	k.some = slices.Clone(served)
	help, err := startingHelpers(".")
	if err != nil {
		return k, err
	}
	all, err := packages(ctx)
	if err != nil {
		return k, err
	}
	for _, pkg := range all {
		tests, err := beside(strings.TrimPrefix(pkg, module), help)
		if err != nil {
			return k, err
		}
		starts, err := startsItself(strings.TrimPrefix(pkg, module))
		switch {
		case err != nil:
			return k, err
		case pkg == commands:
			k.split = append(k.split, pkg)
		case slices.Contains(split, pkg):
			k.split, k.some = append(k.split, pkg), append(k.some, tests...)
		case pkg == calendars: // it reads 20 megabytes within a time that the program sets
			k.alone = append(k.alone, pkg)
		case starts || len(tests) > 0:
			k.raced = append(k.raced, pkg)
		default:
			k.alone = append(k.alone, pkg)
		}
	}
	return k, nil
}

// races runs all packages under the race detector, whole: what the check leaves out, too.
func races(ctx context.Context) error {
	all, err := packages(ctx)
	if err != nil {
		return err
	}
	return lanes(ctx, []run{{name: "raced", env: []string{noWait}, args: slices.Concat(race, []string{"-timeout=60m"}, all)}})
}

// atAnyHour are the browser's tests of what depends on the hour, the weekday or the
// date. They run at each of the hard instants; all the others at the usual one only.
var atAnyHour = []string{
	"TestEverythingHasTheClockOfTheTests", "TestAPatientSetsTheTimesOfMedicines", "TestAPatientBooksMovesAndCallsOffAJointVisit",
	"TestTimeOffOfTodayIsShown",
}

// atNight are those that depend on quiet hours and on a clock that changes, and not on
// the date: they run in the evening and in the night that has an hour twice, too.
var atNight = []string{
	"TestTheInboxLeadsToWhatIsNew", "TestAPushBecomesANeutralNoteAndOpensTheInbox",
	"TestBookingWithTheKeyboardAndLookingItUpOffline", "TestASafetyAnswerIsMetWithHelp",
}

// race looks for races in all but what is not ours and took most of the processor's time:
// the C of SQLite, which is translated to Go, what makes the API of types, and what packs
// the page (decision 0173). What is handed to them is still looked at. What only a debugger
// reads is not written for these programs: a tenth of what it takes to compile. The operations
// of the API are not made faster either: few of them run here, and huma makes so much code of
// each that it takes a quarter less to compile (decision 0206).
var race = func() []string {
	flags := []string{"-race", "-gcflags=handrail/...=-dwarf=false", "-gcflags=handrail/handlers/...=-dwarf=false -N -l"}
	for _, pkg := range []string{"modernc.org/sqlite/lib", "modernc.org/libc", "github.com/danielgtaylor/huma/v2", "github.com/evanw/esbuild/..."} {
		flags = append(flags, "-gcflags="+pkg+"=-race=false")
	}
	return flags
}()

// noWait has a program with the race detector end when it ends, and not a second later.
const noWait = "GORACE=atexit_sleep_ms=50"

// test runs two lanes side by side: browsers and their programs wait a lot, so that one
// lane alone leaves a core idle. What one compiles first the other does not need.
func test(ctx context.Context) error {
	k, err := kindsOf(ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "handrail-test-program") // on a disk: memory may refuse to run it
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "handrail")
	built := []string{"HANDRAIL_TEST_PROGRAM=" + path}
	planned := []run{
		{env: []string{noWait}, args: slices.Concat(race, k.raced)},
		{name: "raced", env: []string{noWait}, args: slices.Concat(race, []string{"-run=" + only(k.some...)}, k.split)},
		{name: "without race", args: slices.Concat([]string{"-skip=" + only(k.some...)}, k.split, k.alone)},
	}
	browsed := []run{{env: built, args: []string{"-parallel=4", browser}, before: program(path)}}
	for _, i := range instants.Hard {
		at := instants.Variable + "=" + i.Name
		planned = append(planned, run{name: i.Name, env: []string{at}, args: []string{planning}})
		browsed = append(browsed, run{name: i.Name, env: append(built, at), args: []string{"-parallel=4", "-run=" + only(browsedAt(i)...), browser}})
	}
	for i := range planned { // whoever waits for the browsers waits longest
		planned[i].args = append(compiledBehind(), planned[i].args...)
	}
	return lanes(ctx, planned, browsed)
}

// compiledBehind has tests compiled after what others compile at the same time; they run as
// anything else.
func compiledBehind() []string {
	if words := behind("10"); words != nil {
		return []string{"-toolexec=" + strings.Join(words, " ")}
	}
	return nil
}

// browsedAt are the browser's tests at a hard instant.
func browsedAt(i instants.Instant) []string {
	if i.Name == "evening" || i.Name == "autumn" {
		return slices.Concat(atAnyHour, atNight)
	}
	return atAnyHour
}

// program builds handrail once for all runs of browsers: to link it takes as long as a test.
func program(path string) func(context.Context) error {
	return func(ctx context.Context) error {
		defer thereIs()
		return command(ctx, roomier, "go", "build", "-o", path, "./cmd/handrail")
	}
}

// lanes runs each lane's runs one after the other, and goes on after one that failed.
func lanes(ctx context.Context, all ...[]run) error {
	keep, forget, err := folders()
	if err != nil {
		return err
	}
	defer forget()
	errs := make([]error, len(all))
	var wait sync.WaitGroup
	for i, lane := range all {
		wait.Go(func() {
			for _, r := range lane {
				r.env = append(slices.Clip(r.env), keep...)
				errs[i] = errors.Join(errs[i], goTest(ctx, r))
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

// folders says where tests keep theirs: in memory where there is room, but for what
// must lie on a disk and for the programs that are built.
func folders() (env []string, forget func(), err error) {
	dir, err := memory()
	if dir == "" || err != nil {
		return nil, func() {}, err
	}
	disk := os.TempDir()
	return []string{"TMPDIR=" + dir, "GOTMPDIR=" + disk, storetest.DiskVariable + "=" + disk}, func() { os.RemoveAll(dir) }, nil
}

// longest are the packages that take longest: begun first, none is left to run alone at
// the end with a core idle.
var longest = []string{"handrail/handlers", "handrail/care/visits", "handrail/client", "handrail/web", "handrail/care/signin", "handrail/video/sfu", "handrail/care/alerts"}

// packages are those that have tests, but for the browser's, the longest first.
func packages(ctx context.Context) ([]string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-f", "{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}", "./...").Output()
	if err != nil {
		return nil, err
	}
	others := append([]string{browser}, longest...)
	return append(slices.Clip(longest), slices.DeleteFunc(strings.Fields(string(out)), func(p string) bool { return slices.Contains(others, p) })...), nil
}

// long are the tests that repeat more often with HANDRAIL_ROUNDS. One line is one part
// for CI to run beside others.
var long = []run{
	{args: []string{"-run=TwoPhonesLoseNothing|NobodyIsBookedTwice", "handrail/care/..."}},
	{args: []string{"-run=KilledWhileBooking", "handrail/care/visits"}},
	{args: []string{"-run=NothingButAWordWipesAPhone", "handrail/care"}},
	{args: []string{"-run=NothingCostsThePlan|HelpOpensWhateverFails|AnUnsafeAnswerIsMet|AKillLeavesThePagesReadable|WhatWasSavedIsSentOnceInChromium", "-timeout=60m", browser}},
	{args: []string{"-run=NeverLessBusy|AnyObjectOfItsPatient|NothingOdd", "handrail/icalendar", "handrail/handlers"}},
	{args: []string{"-run=AgreesWithTheOracle|AgreeWithALibrary|NeverOverlap", "handrail/models/schedule"}},
	{args: []string{"-run=OneOrTheFailSafe|Linearizable|OneOwnerWhatever|KilledInTheMidst|HasOneOwnerAndAClock", "-timeout=60m", "handrail/models/duty", "handrail/care/alerts", "handrail/models/task", "handrail/models/careplan"}},
	{args: []string{"-run=InterleavingsWithKills", "-timeout=4h", "handrail/care/alerts"}},
	{args: []string{"-run=Killed|JoinsAndLeaves", "handrail/store/sqlite", "handrail/video/sfu"}},
	{args: []string{"-run=AnIdleInstance", "handrail/cmd/handrail"}},
	{args: []string{"-run=WhatWasSavedIsSentOnce", "-timeout=60m", "handrail/web"}},
}

// scale runs what is long with whole counts: all of it, or the part k/n.
func scale(ctx context.Context, part string) error {
	k, n := 1, 1
	if part != "" {
		if _, err := fmt.Sscanf(part, "%d/%d", &k, &n); err != nil || n < 1 || k < 1 || k > n {
			return fmt.Errorf("%q is no part; say scale=1/4", part)
		}
	}
	var runs []run
	for i, r := range long {
		if i%n == k-1 {
			r.name, r.env = "many", []string{rounds.Variable + "=many"}
			runs = append(runs, r)
		}
	}
	return lanes(ctx, runs)
}

// release checks what may not be too old on the day of a release: that day is given,
// so that nothing fails by itself one morning.
func release(ctx context.Context, day string) error {
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return errors.New("say the day of the release: release=2026-12-01")
	}
	return goTest(ctx, run{env: []string{"HANDRAIL_TEST_RELEASE=" + day}, args: []string{"-count=1", "-run=TestEmergencyNumbersAreFresh|TestCardsAndLinesSayWhereTheyAreFrom", "handrail/models/..."}})
}
