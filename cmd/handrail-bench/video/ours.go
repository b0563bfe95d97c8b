package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	pprofs "net/http/pprof"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"handrail/video"
	"handrail/video/room"
	"handrail/video/sfu"
	"handrail/video/signal"
)

// handrail is this repository's media server with its signaling, over visits that
// are always open. What it leaves out of serve is the chart: who may come.
type handrail struct {
	program string // an earlier build of this bench; empty is this one
	profile string // where its processor time is written down; empty: nowhere
}

func (h handrail) name() string {
	if h.program != "" {
		return "earlier"
	}
	return "Handrail"
}

// start runs this program once more, as the server.
func (h handrail) start(ctx context.Context) (*process, error) {
	var env []string
	if h.profile != "" {
		env = append(env, profiled+"="+h.profile)
	}
	return startSelf(ctx, env, h.program, "yes")
}

// startSelf starts a build of this program as a server, which says where it is.
func startSelf(ctx context.Context, env []string, program, as string) (*process, error) {
	if program == "" {
		self, err := os.Executable()
		if err != nil {
			return nil, err
		}
		program = self
	}
	p, err := startPinned(ctx, env, program, "-serve", as)
	if err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(err, p.stop())
	}
	p.address = strings.TrimSpace(line)
	wait(ctx, time.Second)
	return p, nil
}

// always lets everybody come to every visit, as clinicians, who need no admission.
type always struct{}

func (always) Visit(_ context.Context, id string) (video.Visit, error) {
	return video.Visit{ID: id, Opens: time.Now().Add(-time.Hour), Closes: time.Now().Add(time.Hour)}, nil
}

func (always) Guest(_ context.Context, _, person string) (room.Guest, error) {
	return room.Guest{ID: person, Name: person, Role: room.Clinician}, nil
}

// SignedIn is of video.Visits: nobody signs in here.
func (always) SignedIn(context.Context, string) error { return nil }

func (always) Note(context.Context, video.Event) error { return nil }

// profiled is the environment's name for the file of a profile.
const profiled = "HANDRAIL_BENCH_PROFILE"

// profile writes down processor time until it is ended.
func profile() (end func(), err error) {
	path := os.Getenv(profiled)
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); _ = f.Close() }, pprof.StartCPUProfile(f)
}

// keep writes down what the server holds in memory now, beside the profile of its time.
func (h handrail) keep(p *process) error {
	if h.profile == "" {
		return nil
	}
	for _, of := range []string{"heap", "goroutine", "heap?debug=1"} {
		answer, err := http.Get("http://" + p.address + "/debug/pprof/" + of)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(answer.Body)
		if err := errors.Join(err, answer.Body.Close(), os.WriteFile(h.profile+"."+of, body, 0o600)); err != nil {
			return err
		}
	}
	return nil
}

// serve is the server's process.
func serve(ctx context.Context) error {
	if runtime.MemProfileRate = 0; os.Getenv(profiled) != "" {
		runtime.MemProfileRate = 4096
	}
	quiet := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	engine, err := sfu.New(sfu.Config{Address: "127.0.0.1", TCPPort: -1, Loopback: true, Log: quiet})
	if err != nil {
		return err
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	v, err := video.New(video.Config{Visits: always{}, Audit: always{}, Engine: engine, TicketKey: key, Log: quiet})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	up := websocket.Upgrader{} // with the buffers of its HTTP connection, as in the program
	mux := http.NewServeMux()
	mux.HandleFunc("POST /entry", func(w http.ResponseWriter, r *http.Request) {
		e, err := v.Enter(r.Context(), r.FormValue("visit"), r.FormValue("person"), "")
		if err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		_ = json.NewEncoder(w).Encode(e)
	})
	mux.HandleFunc("GET /socket", func(w http.ResponseWriter, r *http.Request) {
		ws, err := up.Upgrade(w, r, nil)
		if err == nil {
			ws.SetReadLimit(signal.MaxMessage)
			_ = v.Serve(context.Background(), socket{ws})
		}
	})
	mux.HandleFunc("GET /debug/pprof/", pprofs.Index)
	end, err := profile()
	if err != nil {
		return err
	}
	defer end()
	fmt.Println(l.Addr())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// socket is a WebSocket as the media server wants a connection.
type socket struct{ *websocket.Conn }

func (s socket) Read(context.Context) ([]byte, error) {
	_, message, err := s.ReadMessage()
	return message, err
}

func (s socket) Write(_ context.Context, message []byte) error {
	return s.WriteMessage(websocket.TextMessage, message)
}

func (s socket) Close(code int, reason string) error {
	_ = s.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), time.Now().Add(time.Second))
	return s.Conn.Close()
}

// ticket asks for one, as a page does after sign-in.
func ticket(ctx context.Context, address, visit, person string) (string, error) {
	rq, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/entry?visit="+visit+"&person="+person, nil)
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(rq)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("no ticket: %s %w", body, err)
	}
	var e struct{ Ticket string }
	return e.Ticket, json.Unmarshal(body, &e)
}
