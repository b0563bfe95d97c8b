package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"handrail/care"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/notify"
	"handrail/planning"
	"handrail/store"
	"handrail/store/seal"
	"handrail/store/sqlite"
)

// bench is a whole program on a store of its own, as serve wires it, with patients
// who are signed in.
type bench struct {
	dir    string
	engine *sqlite.DB
	store  *seal.Store
	care   *care.Care
	people []signin.SignedIn
	kek    seal.Local
	stop   []func() error
}

// open makes the program with n patients. wrap may put something in front of the
// store.
func open(ctx context.Context, n int, now models.Clock, wrap func(store.Store) store.Store) (*bench, error) {
	dir, err := os.MkdirTemp("", "handrail-bench-")
	if err != nil {
		return nil, err
	}
	b := &bench{dir: dir}
	b.stop = append(b.stop, func() error { return os.RemoveAll(dir) })
	kek, err := seal.CreateKEK(filepath.Join(dir, "kek.json"))
	if err != nil {
		return nil, errors.Join(err, b.close())
	}
	if b.engine, err = sqlite.Open(ctx, filepath.Join(dir, "handrail.db"), collections()); err != nil {
		return nil, errors.Join(err, b.close())
	}
	if b.store, err = seal.Open(ctx, b.engine, kek, seal.Options{}); err != nil {
		return nil, errors.Join(err, b.close())
	}
	b.stop = append(b.stop, b.store.Close)
	var s store.Store = b.store
	if wrap != nil {
		s = wrap(s)
	}
	b.kek = seal.NewLocal(kek)
	b.care, err = care.New(ctx, s, care.Config{Site: benchSite, AlertsUntried: true, Now: now, PlanCopiesDir: filepath.Join(dir, "plans"), Sealer: b.kek})
	if err == nil {
		err = b.enrol(ctx, n)
	}
	if err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

// collections are what serve opens its store with.
func collections() []store.Collection {
	return slices.Concat(care.Collections(), notify.Collections(), planning.Collections())
}

// benchSite is the clinic of all benches.
var benchSite = models.Site{Name: "Bench", Zone: "UTC", Country: "US", Language: "en"}

// another starts one more instance of the program on the same store.
func (b *bench) another(ctx context.Context, now models.Clock) (*care.Care, error) {
	return care.New(ctx, b.store, care.Config{Site: benchSite, AlertsUntried: true, Now: now, PlanCopiesDir: filepath.Join(b.dir, "other-plans"), Sealer: b.kek})
}

func (b *bench) enrol(ctx context.Context, n int) error {
	for range n {
		a, err := b.care.People.CreateAccount(ctx, care.System(), people.NewAccount{Role: models.RolePatient, Name: "Patient"})
		if err != nil {
			return err
		}
		code, err := b.care.Signin.NewEnrolmentCode(ctx, care.System(), a.ID, signin.CodeRequest{})
		if err != nil {
			return err
		}
		s, err := b.care.Signin.Enrol(ctx, "bench", code.Code, models.Device{ID: care.NewID(), Name: "Phone"})
		if err != nil {
			return err
		}
		b.people = append(b.people, s)
	}
	return nil
}

// close stops everything, the newest first.
func (b *bench) close() error {
	var errs []error
	for i := len(b.stop) - 1; i >= 0; i-- {
		errs = append(errs, b.stop[i]())
	}
	return errors.Join(errs...)
}

// serve puts the edge on a free port and tells its address.
func (b *bench) serve() (string, error) {
	api := handlers.New(handlers.Config{Care: b.care, Edge: edge.Config{Log: slog.New(slog.DiscardHandler), Version: "bench"}})
	return b.listening(api.Serve, api.Shutdown)
}

// listen serves an app on a free port of the loopback.
func (b *bench) listen(app *fiber.App) (string, error) {
	return b.listening(app.Listener, app.ShutdownWithContext)
}

func (b *bench) listening(serve func(net.Listener) error, shutdown func(context.Context) error) (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	done := make(chan error, 1)
	go func() { done <- serve(l) }()
	b.stop = append(b.stop, func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		return errors.Join(shutdown(ctx), <-done)
	})
	return "http://" + l.Addr().String(), nil
}

// bare is a Fiber with nothing but one route.
func bare(method, path string, do fiber.Handler) *fiber.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, ReadTimeout: 10 * time.Second, IdleTimeout: time.Minute})
	app.Add(method, path, do)
	return app
}
