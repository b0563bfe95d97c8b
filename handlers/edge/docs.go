package edge

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"sync"

	"github.com/gofiber/fiber/v2"
)

//go:embed docs
var docsFiles embed.FS

const (
	routeDocs  = "(docs)"
	docsPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

// docs serves the API's own description: /openapi.json for programs and /docs for
// people. It is written at the first call, when all operations are registered.
func (e *Edge) docs() {
	e.serve("/openapi.json", "application/json", func() ([]byte, error) { return json.Marshal(e.Document()) })
	e.serve("/docs", "text/html; charset=utf-8", e.docsPage)
	e.serve("/docs/style.css", "text/css; charset=utf-8", func() ([]byte, error) {
		return docsFiles.ReadFile("docs/style.css")
	})
}

func (e *Edge) serve(path, kind string, write func() ([]byte, error)) {
	once := sync.OnceValues(func() (pageFile, error) {
		body, err := write()
		return newPageFile(body, kind), err
	})
	e.app.Get(path, func(c *fiber.Ctx) error {
		requestOf(c.UserContext()).route = routeDocs
		file, err := once()
		if err != nil {
			return err
		}
		return sendPage(c, file, docsPolicy)
	})
}

// docsPage writes the page from the OpenAPI document: plain HTML, so that it can
// be read by a screen reader, printed and searched, and needs no script.
func (e *Edge) docsPage() ([]byte, error) {
	page, err := template.ParseFS(docsFiles, "docs/page.html")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = page.Execute(&out, viewOf(e.Document()))
	return out.Bytes(), err
}
