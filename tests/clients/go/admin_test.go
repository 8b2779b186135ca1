package clients

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// What a test tells the server itself, beside what it asks of Graph.
type admin struct {
	t      *testing.T
	tenant string
}

func (a admin) activate(scenario string) { a.call("PUT", "/scenarios/"+scenario, "") }

// count tells how many requests have arrived that are as a rule's "request" says.
func (a admin) count(matching string) int {
	a.t.Helper()
	var answer struct{ Count int }
	if err := json.Unmarshal(a.call("POST", "/requests/count", matching), &answer); err != nil {
		a.t.Fatal(err)
	}
	return answer.Count
}

// token is made to order.
func (a admin) token(order string) string {
	a.t.Helper()
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(a.call("POST", "/tokens", order), &answer); err != nil {
		a.t.Fatal(err)
	}
	return answer.AccessToken
}

func (a admin) drop() { a.call("DELETE", "/tenants/"+a.tenant, "") }

func (a admin) call(method, path, body string) []byte {
	a.t.Helper()
	request, err := http.NewRequest(method, server+"/__admin"+path, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Mock-Tenant", a.tenant)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		a.t.Fatal(err)
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 300 {
		a.t.Fatalf("%s %s: %s %s %v", method, path, answer.Status, read, err)
	}
	return read
}
