package web

import (
	"encoding/json"
	"regexp"
	"strings"
)

var (
	aComment = regexp.MustCompile(`(?m)(^|\s)//.*$`)
	aLiteral = regexp.MustCompile("['`]([a-z][\\w.-]*)(['`]|\\$\\{)")
)

// firstTexts are the words of one language that the modules of the first screens name:
// each key that stands in one of them as it is, and all keys that begin as one does which
// is put together there.
func (p *packer) firstTexts(words map[string]string) ([]byte, error) {
	whole, begun := map[string]bool{}, map[string]bool{}
	for name := range p.closure(mainModule, map[string]bool{}) {
		for _, m := range aLiteral.FindAllStringSubmatch(aComment.ReplaceAllString(p.modules[name], "$1"), -1) {
			if m[2] == "${" || strings.HasSuffix(m[1], ".") {
				begun[m[1]] = strings.Contains(m[1], ".")
			} else {
				whole[m[1]] = true
			}
		}
	}
	out := map[string]string{}
	for key, text := range words {
		need := whole[key]
		for head, does := range begun {
			need = need || does && strings.HasPrefix(key, head)
		}
		if need {
			out[key] = text
		}
	}
	return json.Marshal(out)
}
