package mongotest

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Server is a database server that a whole program can be tested on.
type Server struct {
	URI   string
	front *front // nil: a real replica set
}

// StartServer gives the replica set that URI names, or FerretDB behind a front that
// calls it one. Such a transaction runs alone, and is not undone when it is refused: it
// does for a program that is not in its own way, and proves nothing about batches.
func StartServer(t testing.TB) *Server {
	t.Helper()
	if uri := os.Getenv(URI); uri != "" {
		return &Server{URI: uri}
	}
	if testing.Short() {
		t.Skip("needs a server: set " + URI + ", or leave out -short to build FerretDB")
	}
	address, _, _ := strings.Cut(strings.TrimPrefix(StartFerretDB(t, t.TempDir()), "mongodb://"), "/")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	f := &front{Listener: l, behind: address}
	go f.run()
	t.Cleanup(func() { _ = l.Close() })
	return &Server{"mongodb://" + l.Addr().String() + "/?directConnection=true", f}
}

// Cut takes the server away, for good; false: a real one can't be.
func (s *Server) Cut() bool {
	if s.front == nil {
		return false
	}
	_ = s.front.Close()
	s.front.mu.Lock()
	defer s.front.mu.Unlock()
	s.front.cut = true
	for _, c := range s.front.conns {
		_ = c.Close()
	}
	return true
}

// front passes commands on to FerretDB, one transaction or command at a time.
type front struct {
	net.Listener
	behind string
	turn   sync.Mutex // whose turn it is: of one command, or from a transaction's first to its last

	mu    sync.Mutex
	conns []net.Conn
	cut   bool
}

func (f *front) run() {
	for {
		conn, err := f.Accept()
		if err != nil {
			return
		}
		back, err := net.Dial("tcp", f.behind)
		if err != nil {
			_ = conn.Close()
			continue
		}
		f.mu.Lock()
		f.conns = append(f.conns, conn, back)
		cut := f.cut
		f.mu.Unlock()
		if cut {
			_, _ = conn.Close(), back.Close()
			continue
		}
		go f.serve(conn, back)
	}
}

func (f *front) serve(conn, back net.Conn) {
	defer conn.Close()
	defer back.Close()
	within := false // of a transaction
	defer func() {
		if within {
			f.turn.Unlock()
		}
	}()
	for {
		m, err := readMessage(conn)
		if err != nil {
			return
		}
		var reply []byte
		switch name := m.name(); {
		case name == "hello" || strings.EqualFold(name, "isMaster"):
			reply, err = m.answer(f.hello())
		case name == "commitTransaction" || name == "abortTransaction":
			if within {
				within = false
				f.turn.Unlock()
			}
			reply, err = m.answer(bson.D{{Key: "ok", Value: 1}})
		default:
			if !within {
				f.turn.Lock()
			}
			begins := m.begins()
			reply, err = m.over(back)
			within = within || begins
			if !within {
				f.turn.Unlock()
			}
		}
		if err != nil {
			return
		}
		if _, err := conn.Write(reply); err != nil {
			return
		}
	}
}

func (f *front) hello() bson.D {
	return bson.D{
		{Key: "ok", Value: 1}, {Key: "isWritablePrimary", Value: true}, {Key: "setName", Value: "rs"}, {Key: "hosts", Value: bson.A{f.Addr().String()}},
		{Key: "maxWireVersion", Value: 25}, {Key: "maxBsonObjectSize", Value: 16 << 20}, {Key: "maxMessageSizeBytes", Value: 48 << 20},
		{Key: "maxWriteBatchSize", Value: 100_000}, {Key: "logicalSessionTimeoutMinutes", Value: 30},
	}
}

// message is a request of the wire protocol: OP_MSG, or OP_QUERY for the first hello.
type message struct {
	id, opcode uint32
	flags      []byte
	command    bson.Raw
	rest       []byte // document sequences
}

const (
	opReply = 1
	opQuery = 2004
	opMsg   = 2013
	header  = 16 // bytes
)

func readFrame(r io.Reader) ([]byte, error) {
	head := make([]byte, header)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	size := binary.LittleEndian.Uint32(head)
	if size < header || size > 48<<20 {
		return nil, errors.New("bad size")
	}
	frame := append(head, make([]byte, size-header)...)
	_, err := io.ReadFull(r, frame[header:])
	return frame, err
}

func readMessage(r io.Reader) (m message, err error) {
	frame, err := readFrame(r)
	if err != nil {
		return m, err
	}
	m.id, m.opcode = binary.LittleEndian.Uint32(frame[4:]), binary.LittleEndian.Uint32(frame[12:])
	body := frame[header:]
	switch {
	case m.opcode == opMsg && len(body) > 9 && body[4] == 0: // the driver writes the command first
		m.flags, body = body[:4], body[5:]
	case m.opcode == opQuery: // flags, name of the collection, skip, limit
		end := slices.Index(body[4:], 0)
		body = body[4+end+1+8:]
	default:
		return m, errors.New("unknown message")
	}
	size := binary.LittleEndian.Uint32(body)
	if int(size) > len(body) {
		return m, errors.New("bad size")
	}
	m.command, m.rest = bson.Raw(body[:size]), body[size:]
	return m, m.command.Validate()
}

func (m message) name() string {
	first, err := m.command.IndexErr(0)
	if err != nil {
		return ""
	}
	return first.Key()
}

// begins tells whether a transaction begins with this.
func (m message) begins() bool {
	is, ok := m.command.Lookup("startTransaction").BooleanOK()
	return ok && is
}

// ofSessions are the fields that a server without sessions does not know.
var ofSessions = []string{"lsid", "txnNumber", "startTransaction", "autocommit", "readConcern", "$clusterTime"}

// over sends the command to the server behind, as outside of any session.
func (m message) over(back net.Conn) ([]byte, error) {
	var d bson.D
	if err := bson.Unmarshal(m.command, &d); err != nil {
		return nil, err
	}
	d = slices.DeleteFunc(d, func(e bson.E) bool { return slices.Contains(ofSessions, e.Key) })
	command, err := bson.Marshal(d)
	if err != nil {
		return nil, err
	}
	if _, err := back.Write(frame(m.id, 0, opMsg, m.flags, []byte{0}, command, m.rest)); err != nil {
		return nil, err
	}
	return readFrame(back)
}

// answer replies without the server behind.
func (m message) answer(d bson.D) ([]byte, error) {
	body, err := bson.Marshal(d)
	if m.opcode == opQuery {
		return frame(0, m.id, opReply, append(make([]byte, 16), 1, 0, 0, 0), body), err // flags, cursor, from, number of documents
	}
	return frame(0, m.id, opMsg, make([]byte, 5), body), err // flags, kind of section
}

func frame(id, to, opcode uint32, parts ...[]byte) []byte {
	b := make([]byte, header)
	for _, p := range parts {
		b = append(b, p...)
	}
	binary.LittleEndian.PutUint32(b[0:], uint32(len(b)))
	binary.LittleEndian.PutUint32(b[4:], id)
	binary.LittleEndian.PutUint32(b[8:], to)
	binary.LittleEndian.PutUint32(b[12:], opcode)
	return b
}
