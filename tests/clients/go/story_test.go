package clients

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	abstractions "github.com/microsoft/kiota-abstractions-go"
	core "github.com/microsoftgraph/msgraph-sdk-go-core"
)

const (
	nora          = "151256d4-9bf8-4cfe-9ad3-56ac31a05a2c"
	mateo         = "532cbe64-2b0e-46bb-b580-1b143a5025ce"
	productLaunch = "f1c22291-521e-4b9b-8211-ec8709c7e18b"
)

func TestSignsInWithAClientSecret(t *testing.T) {
	graph, admin := signIn(t, "go-sign-in")

	first := must(users(graph).Get(t.Context(), query("top", "1")))(t)

	if len(first.Value) != 1 {
		t.Errorf("%d users, not 1", len(first.Value))
	}
	if n := admin.count(`{"method": "GET", "path": "/users"}`); n != 1 {
		t.Errorf("the tenant that was signed in to saw %d requests, not 1", n)
	}
}

func TestListsUsersPageByPage(t *testing.T) {
	graph, admin := signIn(t, "go-pages")

	first := must(users(graph).Get(t.Context(), query("top", "5")))(t)
	pages := must(core.NewPageIterator[*User](first, graph, create[Page[User, *User]]))(t)
	seen := map[string]int{}
	err := pages.Iterate(t.Context(), func(user *User) bool {
		seen[*user.ID]++
		return true
	})

	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != 25 {
		t.Errorf("%d users, not 25", len(seen))
	}
	for id, times := range seen {
		if times != 1 {
			t.Errorf("%s was seen %d times", id, times)
		}
	}
	if n := admin.count(`{"method": "GET", "path": "/users"}`); n != 5 {
		t.Errorf("%d pages, not 5", n)
	}
}

func TestFiltersAndSelects(t *testing.T) {
	graph, _ := signIn(t, "go-filter")

	found := must(users(graph).Get(t.Context(),
		query("filter", "startswith(displayName,'N')"), query("select", "displayName,mail")))(t)

	if len(found.Value) != 1 {
		t.Fatalf("%d users, not 1", len(found.Value))
	}
	user := found.Value[0]
	if *user.DisplayName != "Nora Lindqvist" || *user.Mail != "nora.lindqvist@contoso.com" {
		t.Errorf("%s, %s", *user.DisplayName, *user.Mail)
	}
	if user.ID != nil || user.UserPrincipalName != nil {
		t.Error("it has properties that were not selected")
	}
}

func TestCreatesAUser(t *testing.T) {
	graph, _ := signIn(t, "go-create")

	created := must(users(graph).Post(t.Context(), una()))(t)
	read := must(user(graph, *created.ID).Get(t.Context(), query("select", "displayName,accountEnabled")))(t)

	if *read.DisplayName != "Una Holm" || !*read.AccountEnabled {
		t.Errorf("%s, %t", *read.DisplayName, *read.AccountEnabled)
	}
}

func TestUpdatesAUserAndIsAnsweredWithNothing(t *testing.T) {
	graph, _ := signIn(t, "go-update-user")

	answer := must(user(graph, nora).Patch(t.Context(), &User{JobTitle: to.Ptr("Head of Launches")}))(t)
	read := must(user(graph, nora).Get(t.Context()))(t)

	if answer != nil {
		t.Error("an update of a user has no body")
	}
	if *read.JobTitle != "Head of Launches" || *read.DisplayName != "Nora Lindqvist" {
		t.Errorf("%s, %s", *read.JobTitle, *read.DisplayName)
	}
}

func TestUpdatesAnEventAndIsAnsweredWithIt(t *testing.T) {
	graph, _ := signIn(t, "go-update-event")
	before := firstEvent(t, graph)

	after := must(event(graph, nora, *before.ID).Patch(t.Context(), &Event{Subject: to.Ptr("Moved")}))(t)

	if *after.Subject != "Moved" || *after.ID != *before.ID || *after.ETag == *before.ETag {
		t.Errorf("%s, %s, %s", *after.Subject, *after.ID, *after.ETag)
	}
}

func TestRefusesAWriteWithAStaleETag(t *testing.T) {
	graph, _ := signIn(t, "go-etag")
	read := firstEvent(t, graph)
	rename := func(subject, etag string) (*Event, error) {
		return event(graph, nora, *read.ID).Patch(t.Context(), &Event{Subject: &subject}, header("If-Match", etag))
	}

	renamed := must(rename("First", *read.ETag))(t)
	_, conflict := rename("Second", *read.ETag)
	again := must(rename("Third", *renamed.ETag))(t)

	expectError(t, conflict, 412, "ErrorIrresolvableConflict")
	if *again.Subject != "Third" {
		t.Error(*again.Subject)
	}
}

func TestAddsAndRemovesAGroupMember(t *testing.T) {
	graph, _ := signIn(t, "go-members")
	ids := func() (ids []string) {
		for _, member := range must(members(graph, productLaunch).Get(t.Context()))(t).Value {
			ids = append(ids, *member.ID)
		}
		return ids
	}
	before := ids()

	reference := &ReferenceCreate{to.Ptr(server + "/v1.0/directoryObjects/" + mateo)}
	_, err := memberRefs(graph, productLaunch).Post(t.Context(), reference)
	if err != nil {
		t.Fatal(err)
	}
	added := ids()
	err = memberRef(graph, productLaunch, mateo).Delete(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	removed := ids()

	if slices.Contains(before, mateo) || !slices.Contains(added, mateo) || len(added) != len(before)+1 {
		t.Errorf("%v became %v", before, added)
	}
	slices.Sort(before)
	slices.Sort(removed)
	if !slices.Equal(before, removed) {
		t.Errorf("%v is left of %v", removed, before)
	}
}

func TestKeepsAPhotoByteForByte(t *testing.T) {
	graph, _ := signIn(t, "go-photo")
	picture := []byte("\x89PNG\r\n\x1a\n\x00\xff and no text")

	err := photo(graph, nora).Put(t.Context(), picture, "image/png")
	if err != nil {
		t.Fatal(err)
	}
	read := must(photo(graph, nora).Get(t.Context()))(t)

	if !bytes.Equal(read, picture) {
		t.Errorf("%q", read)
	}
}

func TestReadsMeWithADeviceCode(t *testing.T) {
	prompted := ""
	credential := must(azidentity.NewDeviceCodeCredential(&azidentity.DeviceCodeCredentialOptions{
		ClientOptions:            authority,
		TenantID:                 "go-me",
		ClientID:                 "my-app",
		DisableInstanceDiscovery: true,
		UserPrompt: func(_ context.Context, message azidentity.DeviceCodeMessage) error {
			prompted = message.UserCode
			return nil
		},
	}))(t)
	graph, _ := signInWith(t, "go-me", credential)

	user := must(me(graph).Get(t.Context()))(t)

	if *user.UserPrincipalName != "nora.lindqvist@contoso.com" {
		t.Error(*user.UserPrincipalName)
	}
	if prompted == "" {
		t.Error("nobody was asked to enter a code")
	}
}

func TestSendsABatch(t *testing.T) {
	graph, _ := signIn(t, "go-batch")
	batch := core.NewBatchRequest(graph)
	add := func(request *abstractions.RequestInformation) core.BatchItem {
		return must(batch.AddBatchRequestStep(*request))(t)
	}
	update := add(user(graph, nora).requestWith(t.Context(), abstractions.PATCH, &User{JobTitle: to.Ptr("Pilot")}))
	read := add(user(graph, nora).request(abstractions.GET, query("select", "jobTitle")))
	read.DependsOnItem(update)
	missing := add(user(graph, "00000000-0000-0000-0000-000000000000").request(abstractions.GET))

	answer := must(batch.Send(t.Context(), graph))(t)

	if status := *answer.GetResponseById(*update.GetId()).GetStatus(); status != 204 {
		t.Errorf("the update was answered with %d", status)
	}
	user := must(core.GetBatchResponseById[*User](answer, *read.GetId(), create[User]))(t)
	if *user.JobTitle != "Pilot" {
		t.Errorf("read before it was updated: %s", *user.JobTitle)
	}
	if status := *answer.GetResponseById(*missing.GetId()).GetStatus(); status != 404 {
		t.Errorf("what is missing was answered with %d", status)
	}
	_, err := core.GetBatchResponseById[*User](answer, *missing.GetId(), create[User])
	expectCode(t, err, "Request_ResourceNotFound")
}

// It is a read, as of writes the SDK repeats some with a body that is said to be compressed and is not:
// the order of its retry and compression handlers is that of a map, another one in each client.
func TestWaitsWhenThrottled(t *testing.T) {
	graph, admin := signIn(t, "go-throttled")
	admin.activate("throttling-with-retry-after")

	began := time.Now()
	read := must(user(graph, nora).Get(t.Context()))(t)

	if *read.DisplayName != "Nora Lindqvist" {
		t.Error(*read.DisplayName)
	}
	if n := admin.count(`{"method": "GET"}`); n != 3 {
		t.Errorf("%d tries, not 3", n)
	}
	if waited := time.Since(began); waited < 2*time.Second {
		t.Errorf("it waited %s, and was told to wait a second twice", waited)
	}
}

// The SDK repeats what is answered with 429, 503 or 504. What is not answered at all is repeated by
// net/http, but no write: it cannot know what has become of that.
func TestReportsALostReply(t *testing.T) {
	graph, admin := signIn(t, "go-lost-reply")
	expectUnas(t, graph, 0)
	admin.activate("lost-reply")

	_, err := users(graph).Post(t.Context(), una())

	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the reply was lost, and it says %v", err)
	}
	if n := admin.count(`{"method": "POST", "path": "/users"}`); n != 1 {
		t.Errorf("%d tries, not 1", n)
	}
	expectUnas(t, graph, 1)
}

func TestReportsAResetOfItsConnection(t *testing.T) {
	graph, admin := signIn(t, "go-reset")
	expectUnas(t, graph, 0)
	admin.activate("connection-reset-on-write")

	_, err := users(graph).Post(t.Context(), una())

	if !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the connection was reset, and it says %v", err)
	}
	if n := admin.count(`{"method": "POST", "path": "/users"}`); n != 1 {
		t.Errorf("%d tries, not 1", n)
	}
	expectUnas(t, graph, 0)
	must(users(graph).Post(t.Context(), una()))(t)
	expectUnas(t, graph, 1)
}

func TestUpdatesRegistrationCountsOfTheBetaVersion(t *testing.T) {
	graph, _ := signIn(t, "go-beta")
	graph.SetBaseUrl(server + "/beta")
	counts := registrationCount(graph, "32a539a1-39a1-32a5-a139-a532a139a532")

	updated := must(counts.Patch(t.Context(), &CredentialUserRegistrationCount{
		ODataType:      to.Ptr("#microsoft.graph.credentialUserRegistrationCount"),
		TotalUserCount: to.Ptr(int32(14)),
		UserRegistrationCounts: []*UserRegistrationCount{{
			ODataType:          to.Ptr("microsoft.graph.userRegistrationCount"),
			RegistrationStatus: to.Ptr("String"),
			RegistrationCount:  to.Ptr(int32(1)),
		}},
	}))(t)
	read := must(counts.Get(t.Context()))(t)

	for _, counts := range []*CredentialUserRegistrationCount{updated, read} {
		if *counts.TotalUserCount != 14 || len(counts.UserRegistrationCounts) != 1 {
			t.Fatalf("%d, %v", *counts.TotalUserCount, counts.UserRegistrationCounts)
		}
		one := counts.UserRegistrationCounts[0]
		if *one.RegistrationStatus != "String" || *one.RegistrationCount != 1 {
			t.Errorf("%s: %d", *one.RegistrationStatus, *one.RegistrationCount)
		}
	}
}

func TestRefusesATokenForAnotherAudience(t *testing.T) {
	foreign := admin{t, "go-audience"}.token(`{"audience": "https://vault.azure.net"}`)
	graph, _ := signInWith(t, "go-audience", made(foreign))

	_, err := users(graph).Get(t.Context())

	expectError(t, err, 401, "InvalidAuthenticationToken")
}

func TestRefusesAnExpiredToken(t *testing.T) {
	expired := admin{t, "go-expired"}.token(`{"lifetimeSeconds": -60}`)
	graph, _ := signInWith(t, "go-expired", made(expired))

	_, err := users(graph).Get(t.Context())

	expectError(t, err, 401, "InvalidAuthenticationToken")
}

// signIn gives each test a tenant of its own, which its token leads to, and drops it in the end.
func signIn(t *testing.T, tenant string) (abstractions.RequestAdapter, admin) {
	t.Helper()
	return signInWith(t, tenant, must(application(tenant))(t))
}

func signInWith(t *testing.T, tenant string, credential azcore.TokenCredential) (abstractions.RequestAdapter, admin) {
	t.Helper()
	admin := admin{t, tenant}
	t.Cleanup(admin.drop)
	return must(connect(credential))(t), admin
}

// A credential whose token was made before.
type made string

func (token made) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{Token: string(token), ExpiresOn: time.Now().Add(time.Hour)}, nil
}

func una() *User {
	return &User{
		DisplayName:       to.Ptr("Una Holm"),
		MailNickname:      to.Ptr("una.holm"),
		UserPrincipalName: to.Ptr("una.holm@contoso.com"),
		AccountEnabled:    to.Ptr(true),
		PasswordProfile:   &PasswordProfile{to.Ptr("Winter-2026!")},
	}
}

func firstEvent(t *testing.T, graph abstractions.RequestAdapter) *Event {
	t.Helper()
	return must(events(graph, nora).Get(t.Context(), query("top", "1")))(t).Value[0]
}

func expectUnas(t *testing.T, graph abstractions.RequestAdapter, number int) {
	t.Helper()
	found := must(users(graph).Get(t.Context(), query("filter", "mailNickname eq 'una.holm'")))(t)
	if len(found.Value) != number {
		t.Errorf("%d users were stored, not %d", len(found.Value), number)
	}
}

func expectError(t *testing.T, err error, status int, code string) {
	t.Helper()
	expectCode(t, err, code)
	var refused *ODataError
	if errors.As(err, &refused) && refused.GetStatusCode() != status {
		t.Errorf("%d, not %d", refused.GetStatusCode(), status)
	}
}

func expectCode(t *testing.T, err error, code string) {
	t.Helper()
	var refused *ODataError
	if !errors.As(err, &refused) {
		t.Fatalf("no error of the service: %v", err)
	}
	if *refused.Main.Code != code {
		t.Errorf("%s, not %s", *refused.Main.Code, code)
	}
}

// must ends a test at an error that it does not expect.
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
