package main

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
)

// command is one thing that the program does.
type command struct {
	usage string // how it is typed
	text  string // what it does
	run   func(context.Context, *call) error
}

// commands are all of them, by name.
func commands() map[string]command {
	return map[string]command{
		"demo":               {"demo [--json FILE]", "Fills a made-up clinic and serves it; nothing else is needed.", runDemo},
		"serve":              {"serve [--new-store]", "Serves the API and the page until it is told to stop.", runServe},
		"account create":     {"account create --role ROLE --name NAME", "Makes an account and prints its enrolment code.", runAccountCreate},
		"account recover":    {"account recover ID", "The last way back: prints a code for an account that nobody else can let in.", runAccountRecover},
		"bounce":             {"bounce <MAIL", "On a mail host: hands a mail that came back, from standard input, to the server at --base-url.", runBounce},
		"backup":             {"backup FILE", "Copies the embedded store, also while the program serves.", runBackup},
		"restore":            {"restore FILE [--old STORE] [--ends FILE]", "Puts a backup into an empty data folder that has the key file, verifies it, and ends again what ended since.", runRestore},
		"restored":           {"restored [--old STORE] [--ends FILE]", "After mongorestore or a disk image, before serving: tells what ended since, and ends it again.", runRestored},
		"verify":             {"verify", "Opens every seal, walks the audit chain and prints what it checked.", runVerify},
		"keys create":        {"keys create FILE", "Makes a key file, for instances that get theirs handed in.", runKeysCreate},
		"keys rotate":        {"keys rotate", "Makes new keys, also while the program serves; nobody is signed out.", runKeysRotate},
		"instruments import": {"instruments import FILE", "Keeps the wording of an instrument that you hold a licence for.", runInstrumentsImport},
		"erase":              {"erase --patient ID --really ID", "Destroys a person's data key. Nothing brings the record back.", runErase},
		"doctor":             {"doctor [--push-to ACCOUNT]", "Says which ways to remind people work, and whether proxy, sockets, TURN and push services are reached; and why not. Sends a test push.", runDoctor},
		"aside":              {"aside", "Lists what workers have set aside and go on without, and odd time zones.", runAside},
		"reminders dead":     {"reminders dead", "Lists the reminders that nothing could hand over, newest first.", runRemindersDead},
		"reminders requeue":  {"reminders requeue ID", "Gives one of them all its steps anew.", runRemindersRequeue},
		"help":               {"help", "Lists the commands.", help},
		"settings":           {"settings", "Prints the table of settings, in Markdown.", printSettings},
		"version":            {"version", "Prints the version.", printVersion},
	}
}

func help(_ context.Context, c *call) error {
	fmt.Fprint(c.out, "Handrail: a backend for people in recovery, their families and their care teams.\n\n")
	all := commands()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(c.out, "  handrail %-42s %s\n", all[name].usage, all[name].text)
	}
	fmt.Fprint(c.out, "\nSettings are flags or HANDRAIL_ variables: see handrail settings.\n")
	return nil
}

// version is set by the build: go build -ldflags "-X main.version=1.2.3".
var version = "dev"

func printVersion(_ context.Context, c *call) error {
	fmt.Fprintf(c.out, "handrail %s, %s, %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

func printSettings(_ context.Context, c *call) error {
	fmt.Fprint(c.out, settingsTable())
	return nil
}

// settingsTable is the table of settings as the README has it.
func settingsTable() string {
	var out strings.Builder
	out.WriteString("| flag | variable | default | meaning |\n|---|---|---|---|\n")
	for _, s := range table {
		def := ""
		if s.def != "" {
			def = "`" + s.def + "`"
		}
		fmt.Fprintf(&out, "| `--%s` | `%s` | %s | %s |\n", s.name, s.variable(), def, s.meaning)
	}
	return out.String()
}
