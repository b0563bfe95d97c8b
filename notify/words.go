package notify

import (
	"sync"

	"handrail/notify/texts"
)

// said remembers what the log was told, so that it is told once.
type said struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (s *said) once(what string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen[what] || len(s.seen) > 1000 {
		return false
	}
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	s.seen[what] = true
	return true
}

// text finds a text in a person's language, or says in the log that it is missing.
func (n *Notifier) text(language string, code texts.Code) texts.Text {
	if language == "" {
		language = n.site.Language
	}
	t, exact := n.texts.Find(language, code)
	if !exact && n.said.once(language+"/"+string(code)) {
		n.log.Warn("notify: a text has no translation; English is sent instead", "language", language, "text", string(code))
	}
	return t
}
