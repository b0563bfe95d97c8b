package edge

import (
	"mime"
	"net/http"
	"net/url"
)

// FormKey marks in the metadata an operation that takes a form, as OAuth and OpenID
// Connect have it, and reads it itself by Form.
const FormKey = "form"

// maxForm bounds a form, in bytes; the longest that is taken is a logout token.
const maxForm = 32 << 10

func isForm(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && kind == "application/x-www-form-urlencoded"
}

// Form reads a form whose fields may stand once each (RFC 6749, section 3.1).
func Form(body []byte) (map[string]string, error) {
	bad := problem(http.StatusBadRequest, "bad-form", "The form can't be read. Please check how it is written.")
	if len(body) > maxForm {
		return nil, problem(http.StatusRequestEntityTooLarge, "", "")
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, bad
	}
	out := make(map[string]string, len(values))
	for name, all := range values {
		if len(all) != 1 {
			return nil, bad
		}
		out[name] = all[0]
	}
	return out, nil
}

// BadRequest is a refusal with status 400, where another specification fixes that.
func BadRequest(code, detail string) error { return problem(http.StatusBadRequest, code, detail) }
