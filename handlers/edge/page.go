package edge

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// Page is the web client to serve at "/". With no Files nothing is served.
type Page struct {
	Files  fs.FS
	Policy string // its Content-Security-Policy
}

const routePage = "(page)"

// packedPath is where files stand whose names hold what is in them (web/pack.go).
const packedPath = "/app/packed/"

// pageTypes are the types of what a page is made of; the system's own table
// differs from machine to machine.
var pageTypes = map[string]string{
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".json":        "application/json",
	".webmanifest": "application/manifest+json",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".woff2":       "font/woff2",
}

// pageFile is one file of the page, ready to send.
type pageFile struct {
	body []byte
	kind string
	tag  string

	packed *sync.Map // coding -> packedFile
}

// page serves the files, each read once: the folder is built in and cannot
// change. What is not there is left to the API.
func (e *Edge) page() {
	if e.config.Page.Files == nil {
		return
	}
	e.app.Use(func(c *fiber.Ctx) error {
		if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
			return c.Next()
		}
		file, ok := e.files.Load(c.Path())
		if !ok {
			read, err := readPageFile(e.config.Page.Files, c.Path())
			if err != nil {
				return c.Next()
			}
			file, _ = e.files.LoadOrStore(strings.Clone(c.Path()), read)
		}
		requestOf(c.UserContext()).route = routePage
		return sendPage(c, file.(pageFile), e.config.Page.Policy)
	})
}

func readPageFile(from fs.FS, address string) (pageFile, error) {
	name := strings.TrimPrefix(address, "/")
	if name == "" {
		name = "index.html"
	}
	body, err := fs.ReadFile(from, name) // refuses "..", folders and what is not there
	if err != nil {
		return pageFile{}, err
	}
	kind, ok := pageTypes[path.Ext(name)]
	if !ok {
		kind = "application/octet-stream"
	}
	return newPageFile(body, kind), nil
}

func newPageFile(body []byte, kind string) pageFile {
	sum := sha256.Sum256(body)
	return pageFile{body, kind, `"` + hex.EncodeToString(sum[:12]) + `"`, &sync.Map{}}
}

func sendPage(c *fiber.Ctx, file pageFile, policy string) error {
	c.Set("Content-Security-Policy", policy)
	c.Set("Cache-Control", "no-cache") // keep it, but ask each time whether it changed
	if strings.HasPrefix(c.Path(), packedPath) {
		c.Set("Cache-Control", "public, max-age=31536000, immutable") // its content is in its name (RFC 8246)
	}
	c.Set("ETag", file.tag)
	if c.Path() == "/sw.js" {
		c.Set("Service-Worker-Allowed", "/")
	}
	if (Reading{c.Get("If-None-Match")}).Unless(file.tag) != nil {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set("Content-Type", file.kind)
	c.Context().SetUserValue(keptPacked, file.packed)
	return c.Send(file.body)
}
