package mongo_test

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// fakeServer speaks just enough of MongoDB's wire protocol (OP_MSG, and OP_QUERY for
// the first hello) to show what the engine asks of a replica set: FerretDB has no
// transactions. It stores nothing; it notes commands and answers as a test says.
type fakeServer struct {
	net.Listener
	setName string
	answer  func(command string, n int) bson.D // n: how many of this command came before; nil: the usual answer

	mu   sync.Mutex
	seen []bson.Raw
}

func startFakeServer(t *testing.T, setName string, answer func(command string, n int) bson.D) *fakeServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	s := &fakeServer{Listener: l, setName: setName, answer: answer}
	var conns sync.WaitGroup
	conns.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			conns.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() { _ = l.Close() })
	return s
}

func (s *fakeServer) uri() string {
	return "mongodb://" + s.Addr().String() + "/?directConnection=true"
}

func (s *fakeServer) serve(conn net.Conn) {
	defer conn.Close()
	for {
		request, err := readMessage(conn)
		if err != nil {
			return
		}
		reply := s.reply(request.command)
		if reply == nil {
			return // hang up
		}
		body, err := bson.Marshal(reply)
		if err != nil {
			return
		}
		if _, err := conn.Write(request.respond(body)); err != nil {
			return
		}
	}
}

// hangUp as an answer breaks the connection.
var hangUp = bson.D{{Key: "hangUp", Value: 1}}

func (s *fakeServer) reply(command bson.Raw) bson.D {
	name := commandName(command)
	if name == "hello" || name == "isMaster" || name == "ismaster" {
		return s.hello()
	}
	s.mu.Lock()
	n := len(s.commands(name))
	s.seen = append(s.seen, command)
	s.mu.Unlock()
	if s.answer != nil {
		switch a := s.answer(name, n); {
		case len(a) > 0 && a[0].Key == "hangUp":
			return nil
		case a != nil:
			return a
		}
	}
	ok := bson.D{{Key: "ok", Value: 1}, {Key: "n", Value: 1}, {Key: "nModified", Value: 1}}
	if name == "find" {
		ok = append(ok, bson.E{Key: "cursor", Value: bson.D{{Key: "id", Value: int64(0)}, {Key: "ns", Value: "d.c"}, {Key: "firstBatch", Value: bson.A{}}}})
	}
	return ok
}

func (s *fakeServer) hello() bson.D {
	h := bson.D{
		{Key: "ok", Value: 1}, {Key: "isWritablePrimary", Value: true}, {Key: "maxWireVersion", Value: 25},
		{Key: "maxBsonObjectSize", Value: 16 << 20}, {Key: "maxMessageSizeBytes", Value: 48 << 20}, {Key: "maxWriteBatchSize", Value: 100_000},
		{Key: "logicalSessionTimeoutMinutes", Value: 30},
	}
	if s.setName == "" {
		return h
	}
	return append(h, bson.E{Key: "setName", Value: s.setName}, bson.E{Key: "hosts", Value: bson.A{s.Addr().String()}})
}

// commands lists what came under a name; callers that race hold mu.
func (s *fakeServer) commands(name string) []bson.Raw {
	var list []bson.Raw
	for _, c := range s.seen {
		if commandName(c) == name {
			list = append(list, c)
		}
	}
	return list
}

// since returns the names of what came after the first n commands, and those.
func (s *fakeServer) since(n int) (names []string, commands []bson.Raw) {
	s.mu.Lock()
	defer s.mu.Unlock()
	commands = slices.Clone(s.seen[n:])
	for _, c := range commands {
		names = append(names, commandName(c))
	}
	return names, commands
}

func (s *fakeServer) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.seen)
}

func commandName(command bson.Raw) string {
	first, err := command.IndexErr(0)
	if err != nil {
		return ""
	}
	return first.Key()
}

// message is one request. Document sequences of OP_MSG are passed over: the tests
// look at commands, not at documents.
type message struct {
	id, opcode uint32
	command    bson.Raw
}

const (
	opReply = 1
	opQuery = 2004
	opMsg   = 2013
)

func readMessage(r io.Reader) (m message, err error) {
	var header [16]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return m, err
	}
	size := binary.LittleEndian.Uint32(header[0:])
	m.id, m.opcode = binary.LittleEndian.Uint32(header[4:]), binary.LittleEndian.Uint32(header[12:])
	if size < 26 || size > 48<<20 {
		return m, errors.New("bad size")
	}
	rest := make([]byte, size-16)
	if _, err := io.ReadFull(r, rest); err != nil {
		return m, err
	}
	switch m.opcode {
	case opMsg: // flags, then sections; the driver writes the command first
		m.command = bson.Raw(rest[5:])
	case opQuery: // flags, name of the collection, skip, limit
		end := slices.Index(rest[4:], 0)
		m.command = bson.Raw(rest[4+end+1+8:])
	default:
		return m, errors.New("unknown opcode")
	}
	m.command = m.command[:binary.LittleEndian.Uint32(m.command)]
	return m, m.command.Validate()
}

func (m message) respond(body []byte) []byte {
	head, opcode := []byte{0, 0, 0, 0, 0}, uint32(opMsg) // flags, kind of section
	if m.opcode == opQuery {
		head, opcode = append(make([]byte, 16), 1, 0, 0, 0), opReply // flags, cursor, from, number of documents
	}
	b := make([]byte, 16, 16+len(head)+len(body))
	binary.LittleEndian.PutUint32(b[0:], uint32(16+len(head)+len(body)))
	binary.LittleEndian.PutUint32(b[8:], m.id)
	binary.LittleEndian.PutUint32(b[12:], opcode)
	return append(append(b, head...), body...)
}
