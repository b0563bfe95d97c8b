package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/signin"
	"handrail/cmd/internal/garbage"
	"handrail/handlers"
	"handrail/handlers/demo"
	"handrail/handlers/edge"
	"handrail/notify"
	"handrail/planning"
	"handrail/store/aside"
	"handrail/web"
)

func runServe(ctx context.Context, c *call) error {
	var isNew bool
	s, _, err := c.settings(0, newStore(&isNew))
	if err != nil {
		return err
	}
	s.storage.isNew = isNew
	if err := s.storage.noDemo(); err != nil {
		return err
	}
	return serve(ctx, s, c.out, c.errors, nil)
}

// newStore is the flag by which an operator says that there is no store yet for a key
// that is there. It is no setting: it must not stay.
func newStore(isNew *bool) func(*flag.FlagSet) {
	return func(f *flag.FlagSet) { f.BoolVar(isNew, "new-store", false, "") }
}

// serve runs the program until ctx ends. begun, if not nil, is called with the open
// instance and the base URL before the first request is answered.
func serve(ctx context.Context, s settings, out, logTo io.Writer, begun func(context.Context, *instance, string) error) (err error) {
	log := slog.New(slog.NewJSONHandler(logTo, &slog.HandlerOptions{Level: s.logLevel}))
	on, admin, err := s.open()
	if err != nil {
		return err
	}
	s.port = on.Addr().(*net.TCPAddr).Port
	config := s.care()
	config.Log = log
	if config.SSO, err = s.sso(ctx); err != nil {
		return errors.Join(err, closeAll(on, admin))
	}
	h, err := openInstance(ctx, s.storage, config, true)
	if err != nil {
		return errors.Join(err, closeAll(on, admin))
	}
	defer func() { err = errors.Join(err, h.close()) }()
	n, _, err := s.notifier(ctx, h, log)
	if err != nil {
		return errors.Join(err, closeAll(on, admin))
	}
	h.care.Alerts.ReachedBy(n.Reachable)
	h.care.Duty.ReachedBy(n.Reachable)
	h.care.People.PromisesBy(n)
	visits, err := s.openVideo(ctx, h, log)
	if err != nil {
		return errors.Join(err, closeAll(on, admin))
	}
	if begun != nil {
		if err := begun(ctx, h, s.address()); err != nil {
			return errors.Join(err, visits.abandon(), closeAll(on, admin))
		}
	}
	garbage.Roomy() // not before: a start takes as little as it can
	fmt.Fprintf(out, "Handrail serves at %s. Stop it with Ctrl-C.\n", s.address())
	return live(ctx, log, grace, s.parts(ctx, h, n, visits, log, on, admin)...)
}

// open takes the addresses, before anything slow is done: a port that is taken is
// told at once. admin is nil when there is none.
func (s settings) open() (on, admin net.Listener, err error) {
	if on, err = net.Listen("tcp", hostPort(s.listen, s.port)); err != nil {
		return nil, nil, fmt.Errorf("can't serve at --listen and --port: %w", err)
	}
	if s.adminListen == "" {
		return on, nil, nil
	}
	if admin, err = net.Listen("tcp", s.adminListen); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("can't serve at --admin-listen: %w", err), on.Close())
	}
	return on, admin, nil
}

func closeAll(listeners ...net.Listener) error {
	var errs []error
	for _, l := range listeners {
		if l != nil {
			errs = append(errs, l.Close())
		}
	}
	return errors.Join(errs...)
}

// parts are what runs, in the order in which it is stopped.
func (s settings) parts(ctx context.Context, h *instance, n *notify.Notifier, visits *media, log *slog.Logger, on, admin net.Listener) []part {
	planner := planning.New(planning.Config{Care: h.care, Notify: n, Store: h.store, Now: s.now, Log: log})
	config := s.edge(ctx, h, n, log)
	if s.demo != nil {
		config.Demo = &demo.Demo{People: s.demo, Coder: func(ctx context.Context, accountID string) (string, error) {
			code, err := h.care.Signin.NewEnrolmentCode(ctx, care.System(), accountID, signin.CodeRequest{})
			return code.Code, err
		}}
	}
	config.Aside = []*aside.Book{h.care.Aside(), n.Aside(), planner.Aside()}
	if visits != nil {
		config.Video = visits.server
	}
	api := handlers.New(config)
	parts := []part{{"api", func() error { return api.Serve(on) }, api.Shutdown}, worker(log, "packing of the page", time.Minute, unless(ctx, api.PackBest))}
	if visits != nil {
		parts = append(append(parts, visits.workers(log)...), visits.part())
	}
	if admin != nil {
		server := &http.Server{Handler: api.Admin(), ReadHeaderTimeout: 5 * time.Second}
		parts = append(parts, part{"admin", func() error { return unlessClosed(server.Serve(admin)) }, server.Shutdown})
	}
	return append(parts, workers(ctx, h, n, planner, log)...)
}

// workers are what runs without being asked.
func workers(ctx context.Context, h *instance, n *notify.Notifier, planner *planning.Planner, log *slog.Logger) []part {
	named := h.care.Upkeep.FollowLines(alerts.Tells)
	whom := func(ctx context.Context) error {
		lines, lost := named.Take()
		return h.care.Alerts.Named(ctx, lines, lost)
	}
	return []part{
		wokenWorker(log, "lists that somebody looks at", time.Second, whom, named.Came(), whom),
		worker(log, "the log of other instances", time.Second, h.care.Upkeep.LookForLines),
		worker(log, "planning of reminders", 200*time.Millisecond, planner.Work),
		wokenWorker(log, "calls for somebody", time.Second, planner.Call, planner.Came(), planner.Call),
		worker(log, "alerts", 5*time.Second, h.care.Alerts.Follow),
		worker(log, "holes in rotas", 30*time.Second, h.care.Duty.Follow),
		worker(log, "messages", 30*time.Second, h.care.Messages.Follow),
		worker(log, "tasks", 10*time.Second, h.care.Tasks.Follow),
		worker(log, "lists of medicines to go through", 10*time.Minute, h.care.Medicine.Follow),
		worker(log, "duties of agreements of prescribers", 10*time.Minute, h.care.Agreement.Follow),
		until("reminders", n.Run),
		worker(log, "verdicts on the channels", time.Minute, unless(ctx, n.KeepVerdicts)),
		worker(log, "sign-ins elsewhere that ended", 10*time.Minute, h.care.SSO.Sweep),
		worker(log, "questions of apps that ended", 10*time.Minute, h.care.Apps.Sweep),
		worker(log, "keys of apps", time.Hour, h.care.Apps.KeepKeys),
		worker(log, "signing keys", 30*time.Second, h.care.Signin.KeepSigningKeys),
		worker(log, "shelf of crisis plans", time.Second, h.care.Crisis.KeepShelf),
		worker(log, "waitlist", 10*time.Second, h.care.Visits.OfferFreedTime),
		worker(log, "broken glass", 30*time.Second, h.care.People.FollowBreakGlass),
		worker(log, "choices that were taken off forms", time.Minute, h.care.People.TakeOffWithdrawnScopes),
		worker(log, "ends of what is shared", time.Minute, h.care.People.TellConsentEnds),
		worker(log, "places of older programs", 10*time.Minute, h.care.Family.FindOldPlaces),
		worker(log, "sessions that an older program ended", 10*time.Second, h.care.Signin.FillOver),
		worker(log, "medicines that an older program stopped", 10*time.Second, h.care.Medicine.FillOver),
		worker(log, "erasures of family and friends", 10*time.Minute, h.care.Family.FinishErasures),
		worker(log, "openings of crisis plans", time.Minute, h.care.Crisis.FlushAccessCounts),
		worker(log, "calendars elsewhere", time.Minute, unless(ctx, h.care.Visits.RefreshBusyCalendars)),
	}
}

// unless leaves a worker's last turn out: nothing is lost by it, and it would wait for
// strangers.
func unless(stopping context.Context, do func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		if stopping.Err() != nil {
			return nil
		}
		return do(ctx)
	}
}

func unlessClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// edge is what the HTTP edge needs of the settings.
func (s settings) edge(ctx context.Context, h *instance, n *notify.Notifier, log *slog.Logger) handlers.Config {
	return handlers.Config{
		Care: h.care, Notify: n, SMSSecret: s.channels.sms.Secret, ReturnSecret: s.channels.bounceSecret,
		Edge: edge.Config{
			Now: s.now, Log: log, Version: version, BaseURL: s.address(), Secure: s.secure(), Origins: s.origins, Proxies: s.proxies, Country: s.countryHeader,
			BodyLimit: s.bodyLimit, Page: edge.Page{Files: s.page(), Policy: web.ContentSecurityPolicy},
			Checks: []edge.Check{
				{Name: "stopping", Do: func(context.Context) error { return ctx.Err() }},
				{Name: "store", Do: func(ctx context.Context) error { return s.storage.stands(ctx, h.store.Engine()) }},
				{Name: "disk", Do: s.storage.room},
			},
		},
	}
}
