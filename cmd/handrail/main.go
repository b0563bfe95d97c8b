// Command handrail is the whole program: the server, the demo and what an operator
// needs. It wires the parts together and holds no rule.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"handrail/models"
	"handrail/notify/webpush"
)

// Exit codes.
const (
	exitFine   = 0
	exitFailed = 1  // it was understood and did not work
	exitUsage  = 2  // it was not understood: an argument, a setting
	exitAgain  = 75 // EX_TEMPFAIL of sysexits: a mail host keeps the mail and tries again
)

func main() { start(time.Now) }

// start runs the program by a clock.
func start(now models.Clock) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// After the first signal the next one ends the program at once.
	context.AfterFunc(ctx, stop)
	c := &call{environ: os.Environ(), in: os.Stdin, out: os.Stdout, errors: os.Stderr, now: now}
	os.Exit(c.run(ctx, os.Args[1:]))
}

// call is one run of the program: what it was given and where it writes.
type call struct {
	args    []string // after the name of the command
	environ []string
	in      io.Reader    // nil: nothing is given
	out     io.Writer    // for people and scripts
	errors  io.Writer    // the log, and what went wrong
	now     models.Clock // nil: the machine's; tests give another
	// services are push services in place of the known ones, on this machine; for tests.
	services []webpush.Service
}

// run finds the command and tells the exit code.
func (c *call) run(ctx context.Context, args []string) int {
	name, rest := commandOf(args)
	cmd, ok := commands()[name]
	if !ok {
		fmt.Fprintf(c.errors, "handrail: %q is no command; see handrail help\n", strings.Join(args, " "))
		return exitUsage
	}
	c.args = rest
	err := cmd.run(ctx, c)
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(c.out, "handrail %s\n\n%s\n\nSettings: see handrail settings.\n", cmd.usage, cmd.text)
		return exitFine
	}
	fmt.Fprintf(c.errors, "handrail %s: %v\n", name, err)
	switch {
	case errors.Is(err, errAgain):
		return exitAgain
	case errors.Is(err, errUsage):
		return exitUsage
	}
	return exitFailed
}

// commandOf takes the name of the command, of one word or two, off the arguments.
func commandOf(args []string) (name string, rest []string) {
	if len(args) == 0 {
		return "help", nil
	}
	switch args[0] {
	case "-h", "-help", "--help":
		return "help", nil
	}
	if len(args) > 1 {
		if two := args[0] + " " + args[1]; commands()[two].run != nil {
			return two, args[2:]
		}
	}
	return args[0], args[1:]
}

func (c *call) clock() models.Clock {
	if c.now == nil {
		return time.Now
	}
	return c.now
}

// settings reads the settings and the arguments beside them, of which there must
// be exactly n.
func (c *call) settings(n int, own func(*flag.FlagSet)) (settings, []string, error) {
	s, rest, err := readSettings(c.args, c.environ, own)
	s.now, s.channels.services = c.clock(), c.services
	if err == nil && len(rest) != n {
		err = fmt.Errorf("%w: %d arguments were given, %d are needed", errUsage, len(rest), n)
	}
	return s, rest, err
}
