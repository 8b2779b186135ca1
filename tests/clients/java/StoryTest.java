import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.identity.OnBehalfOfCredentialBuilder;
import com.microsoft.graph.core.content.BatchRequestContent;
import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.DirectoryObject;
import com.microsoft.graph.models.Event;
import com.microsoft.graph.models.PasswordProfile;
import com.microsoft.graph.models.ReferenceCreate;
import com.microsoft.graph.models.User;
import com.microsoft.graph.models.UserCollectionResponse;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.serialization.ParsableFactory;
import com.microsoft.kiota.serialization.UntypedArray;
import com.microsoft.kiota.serialization.UntypedNode;
import com.microsoft.kiota.serialization.UntypedObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class StoryTest {
    private static final String NORA = "151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";
    private static final String MATEO = "532cbe64-2b0e-46bb-b580-1b143a5025ce";
    private static final String PRODUCT_LAUNCH = "f1c22291-521e-4b9b-8211-ec8709c7e18b";

    private Admin admin;

    @Test
    void signsInWithAClientSecret() {
        var graph = signIn("java-sign-in");

        var first = graph.users().get(request -> request.queryParameters.top = 1);

        assertEquals(1, first.getValue().size());
        assertEquals(1, admin.count("{\"method\": \"GET\", \"path\": \"/users\"}"), "in the tenant signed in to");
    }

    @Test
    void listsUsersPageByPage() throws ReflectiveOperationException {
        var graph = signIn("java-pages");
        var seen = new ArrayList<String>();

        new PageIterator.Builder<User, UserCollectionResponse>()
                .client(graph)
                .collectionPage(graph.users().get(request -> request.queryParameters.top = 5))
                .collectionPageFactory(UserCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(user -> seen.add(user.getId()))
                .build()
                .iterate();

        assertEquals(25, seen.size());
        assertEquals(25, new TreeSet<>(seen).size());
        assertEquals(5, admin.count("{\"method\": \"GET\", \"path\": \"/users\"}"));
    }

    @Test
    void filtersAndSelects() {
        var graph = signIn("java-filter");

        var found = graph.users().get(request -> {
            request.queryParameters.filter = "startswith(displayName,'N')";
            request.queryParameters.select = new String[] {"displayName", "mail"};
        }).getValue();

        assertEquals(1, found.size());
        assertEquals("Nora Lindqvist", found.get(0).getDisplayName());
        assertEquals("nora.lindqvist@contoso.com", found.get(0).getMail());
        assertNull(found.get(0).getUserPrincipalName(), "it was not selected");
    }

    @Test
    void createsAUser() {
        var graph = signIn("java-create");

        var created = graph.users().post(una());
        var read = graph.users().byUserId(created.getId()).get(request ->
                request.queryParameters.select = new String[] {"displayName", "accountEnabled"});

        assertEquals("Una Holm", read.getDisplayName());
        assertTrue(read.getAccountEnabled());
    }

    @Test
    void updatesAUserAndIsAnsweredWithNothing() {
        var graph = signIn("java-update-user");

        var answer = graph.users().byUserId(NORA).patch(withJobTitle("Head of Launches"));
        var read = graph.users().byUserId(NORA).get();

        assertNull(answer);
        assertEquals("Head of Launches", read.getJobTitle());
        assertEquals("Nora Lindqvist", read.getDisplayName());
    }

    @Test
    void updatesAnEventAndIsAnsweredWithIt() {
        var graph = signIn("java-update-event");
        var before = firstEvent(graph);

        var after = graph.users().byUserId(NORA).events().byEventId(before.getId()).patch(withSubject("Moved"));

        assertEquals("Moved", after.getSubject());
        assertEquals(before.getId(), after.getId());
        assertEquals(before.getStart().getDateTime(), after.getStart().getDateTime());
        assertNotEquals(etag(before), etag(after));
    }

    @Test
    void refusesAWriteWithAStaleETag() {
        var graph = signIn("java-etag");
        var read = firstEvent(graph);
        var event = graph.users().byUserId(NORA).events().byEventId(read.getId());

        var renamed = event.patch(withSubject("First"), request -> request.headers.add("If-Match", etag(read)));
        var conflict = assertThrows(ODataError.class, () ->
                event.patch(withSubject("Second"), request -> request.headers.add("If-Match", etag(read))));
        var again = event.patch(withSubject("Third"), request -> request.headers.add("If-Match", etag(renamed)));

        assertEquals(412, conflict.getResponseStatusCode());
        assertEquals("ErrorIrresolvableConflict", conflict.getError().getCode());
        assertEquals("Third", again.getSubject());
    }

    @Test
    void addsAndRemovesAGroupMember() {
        var graph = signIn("java-members");
        var members = graph.groups().byGroupId(PRODUCT_LAUNCH).members();
        var before = ids(members.get().getValue());
        var mateo = new ReferenceCreate();
        mateo.setOdataId(Connect.SERVER + "/v1.0/directoryObjects/" + MATEO);

        members.ref().post(mateo);
        var added = ids(members.get().getValue());
        members.byDirectoryObjectId(MATEO).ref().delete();
        var removed = ids(members.get().getValue());

        assertFalse(before.contains(MATEO));
        assertTrue(added.contains(MATEO));
        assertTrue(added.containsAll(before));
        assertEquals(before, removed);
    }

    @Test
    void keepsAPhotoByteForByte() throws IOException {
        var graph = signIn("java-photo");
        var photo = graph.users().byUserId(NORA).photo().content();
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, (byte) 0xFF, 'n', 'o', ' ', 't', 'e', 'x', 't'};

        photo.put(new ByteArrayInputStream(picture));

        try (var read = photo.get()) {
            assertArrayEquals(picture, read.readAllBytes());
        }
    }

    @Test
    void readsMeOnBehalfOfAUser() {
        admin = new Admin("java-me");
        var credential = new OnBehalfOfCredentialBuilder()
                .tenantId("java-me")
                .clientId("my-service")
                .clientSecret("any secret")
                .userAssertion(admin.token("{\"user\": \"nora.lindqvist@contoso.com\", \"audience\": \"my-service\"}"))
                .authorityHost(Connect.SERVER)
                .disableInstanceDiscovery()
                .build();

        var me = Connect.graph(credential).me().get();

        assertEquals("nora.lindqvist@contoso.com", me.getUserPrincipalName());
        assertEquals(NORA, me.getId());
    }

    @Test
    void sendsABatch() throws IOException {
        var graph = signIn("java-batch");
        var nora = graph.users().byUserId(NORA);
        var missing = graph.users().byUserId("00000000-0000-0000-0000-000000000000");
        var batch = new BatchRequestContent(graph);
        String update = batch.addBatchRequestStep(nora.toPatchRequestInformation(withJobTitle("Pilot")));
        String read = batch.addBatchRequestStep(nora.toGetRequestInformation(request ->
                request.queryParameters.select = new String[] {"jobTitle"}));
        batch.getBatchRequestSteps().get(read).addDependsOnId(update);
        String lost = batch.addBatchRequestStep(missing.toGetRequestInformation());

        var answer = graph.getBatchRequestBuilder().post(batch, null);

        assertEquals(Map.of(update, 204, read, 200, lost, 404), answer.getResponsesStatusCode());
        assertEquals("Pilot", answer.getResponseById(read, User::createFromDiscriminatorValue).getJobTitle());
        assertTrue(answer.getResponseById(lost).body().string().contains("Request_ResourceNotFound"));
    }

    @Test
    void waitsWhenThrottled() {
        var graph = signIn("java-throttled");
        admin.activate("throttling-with-retry-after");

        var began = Instant.now();
        graph.users().byUserId(NORA).patch(withJobTitle("Lead"));
        var waited = Duration.between(began, Instant.now());

        assertEquals(3, admin.count("{\"method\": \"PATCH\"}"));
        assertTrue(waited.compareTo(Duration.ofSeconds(2)) >= 0, "told to wait a second twice, it took " + waited);
    }

    @Test
    void reportsALostReply() {
        var graph = signIn("java-lost-reply");
        admin.activate("lost-reply");

        var error = assertThrows(RuntimeException.class, () -> graph.users().post(una()));

        assertInstanceOf(IOException.class, error.getCause());
        assertEquals(1, admin.count("{\"method\": \"POST\", \"path\": \"/users\"}"));
        assertEquals(1, unas(graph).size());
    }

    // OkHttp takes a connection that breaks at its second request for one that was idle too long, and
    // repeats the request, a POST too: who creates something finds it twice.
    @Test
    void storesTwiceWhatItRepeatsAfterALostReply() {
        var graph = signIn("java-lost-reply-repeated");
        assertEquals(0, trainings(graph).size());
        admin.activate("lost-reply");

        graph.users().byUserId(NORA).events().post(withSubject("Training"));

        assertEquals(2, admin.count("{\"method\": \"POST\", \"path\": \"/users/{id}/events\"}"));
        assertEquals(2, trainings(graph).size());
    }

    @Test
    void reportsAResetOfItsConnection() {
        var graph = signIn("java-reset");
        admin.activate("connection-reset-on-write");

        var error = assertThrows(RuntimeException.class, () -> graph.users().post(una()));

        assertInstanceOf(IOException.class, error.getCause());
        assertEquals(1, admin.count("{\"method\": \"POST\", \"path\": \"/users\"}"));
        assertEquals(0, unas(graph).size());
    }

    @Test
    void repeatsAWriteWhenAConnectionUsedBeforeIsReset() {
        var graph = signIn("java-reset-repeated");
        assertEquals(0, unas(graph).size());
        admin.activate("connection-reset-on-write");

        graph.users().post(una());

        assertEquals(2, admin.count("{\"method\": \"POST\", \"path\": \"/users\"}"));
        assertEquals(1, unas(graph).size());
    }

    // The package microsoft-graph knows v1.0 alone: what is in beta is asked for by its address.
    @Test
    void updatesRegistrationCountsOfTheBetaVersion() {
        var adapter = signIn("java-beta").getRequestAdapter();
        var address = URI.create(Connect.SERVER
                + "/beta/reports/credentialUserRegistrationCounts/32a539a1-39a1-32a5-a139-a532a139a532");
        var errors = new HashMap<String, ParsableFactory<?>>();
        errors.put("XXX", ODataError::createFromDiscriminatorValue);
        var update = new RequestInformation();
        update.httpMethod = HttpMethod.PATCH;
        update.setUri(address);
        update.setStreamContent(new ByteArrayInputStream("""
                {
                  "@odata.type": "#microsoft.graph.credentialUserRegistrationCount",
                  "totalUserCount": 14,
                  "userRegistrationCounts": [
                    {
                      "@odata.type": "microsoft.graph.userRegistrationCount",
                      "registrationStatus": "String",
                      "registrationCount": 1
                    }
                  ]
                }
                """.getBytes(StandardCharsets.UTF_8)), "application/json");
        var read = new RequestInformation();
        read.httpMethod = HttpMethod.GET;
        read.setUri(address);

        for (var request : List.of(update, read)) {
            var counts = properties(adapter.send(request, errors, UntypedNode::createFromDiscriminatorValue));

            assertEquals(14.0, counts.get("totalUserCount").getValue());
            var list = new ArrayList<UntypedNode>();
            ((UntypedArray) counts.get("userRegistrationCounts")).getValue().forEach(list::add);
            assertEquals(1, list.size());
            assertEquals("String", properties(list.get(0)).get("registrationStatus").getValue());
            assertEquals(1.0, properties(list.get(0)).get("registrationCount").getValue());
        }
    }

    @Test
    void refusesATokenForAnotherAudience() {
        admin = new Admin("java-audience");
        var graph = Connect.graph(made(admin.token("{\"audience\": \"https://vault.azure.net\"}")));

        var refused = assertThrows(ODataError.class, () -> graph.users().get());

        assertEquals(401, refused.getResponseStatusCode());
        assertEquals("InvalidAuthenticationToken", refused.getError().getCode());
    }

    @Test
    void refusesAnExpiredToken() {
        admin = new Admin("java-expired");
        var graph = Connect.graph(made(admin.token("{\"lifetimeSeconds\": -60}")));

        var refused = assertThrows(ODataError.class, () -> graph.users().get());

        assertEquals(401, refused.getResponseStatusCode());
        assertEquals("InvalidAuthenticationToken", refused.getError().getCode());
    }

    /** Each test has a tenant of its own, which its token leads to. */
    private GraphServiceClient signIn(String tenant) {
        admin = new Admin(tenant);
        return Connect.graph(Connect.application(tenant));
    }

    @AfterEach
    void dropTheTenant() {
        admin.drop();
    }

    /** A credential whose token was made before. */
    private static TokenCredential made(String token) {
        return context -> Mono.just(new AccessToken(token, OffsetDateTime.now().plusHours(1)));
    }

    private static User una() {
        var password = new PasswordProfile();
        password.setPassword("Winter-2026!");
        var una = new User();
        una.setDisplayName("Una Holm");
        una.setMailNickname("una.holm");
        una.setUserPrincipalName("una.holm@contoso.com");
        una.setAccountEnabled(true);
        una.setPasswordProfile(password);
        return una;
    }

    private static List<User> unas(GraphServiceClient graph) {
        return graph.users().get(request -> request.queryParameters.filter = "mailNickname eq 'una.holm'").getValue();
    }

    private static List<Event> trainings(GraphServiceClient graph) {
        return graph.users().byUserId(NORA).events().get(request ->
                request.queryParameters.filter = "subject eq 'Training'").getValue();
    }

    private static User withJobTitle(String title) {
        var user = new User();
        user.setJobTitle(title);
        return user;
    }

    private static Event withSubject(String subject) {
        var event = new Event();
        event.setSubject(subject);
        return event;
    }

    private static Event firstEvent(GraphServiceClient graph) {
        return graph.users().byUserId(NORA).events().get(request -> request.queryParameters.top = 1).getValue().get(0);
    }

    /** The models have no member for it. */
    private static String etag(Event event) {
        return (String) event.getAdditionalData().get("@odata.etag");
    }

    private static TreeSet<String> ids(List<DirectoryObject> objects) {
        var ids = new TreeSet<String>();
        objects.forEach(object -> ids.add(object.getId()));
        return ids;
    }

    private static Map<String, UntypedNode> properties(UntypedNode node) {
        return ((UntypedObject) node).getValue();
    }
}
