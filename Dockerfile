# The server alone, without a system around it:
#   docker build -t graphmock . && docker run -p 127.0.0.1:8080:8080 graphmock
FROM debian:bookworm-slim AS build
WORKDIR /src
COPY dev ./
RUN ./dev packages run
COPY . .
RUN cmake --preset release \
    && cmake --build --preset release \
    && DESTDIR=/staged cmake --install build/release --strip
# The libraries that it is linked with, and theirs.
RUN ldd build/release/graphmock | grep -o '/[^ ]*' | xargs cp --dereference --parents --target-directory=/staged
# What the clocks of the world show, for outlook.timezone.
RUN cp --recursive --parents /usr/share/zoneinfo /staged

# Where the certificates are kept that the server makes for HTTPS: a volume, so that they stay.
RUN mkdir /tls

FROM scratch
COPY --from=build /staged/ /
COPY --from=build --chown=65534:65534 /tls /tls
USER 65534:65534
# The program itself binds to loopback, where nothing outside of the container would reach it.
# Containers beside it ask for it by name; another than this one takes another GRAPHMOCK_ALLOW_HOST.
ENV PATH=/usr/local/bin GRAPHMOCK_HOST=0.0.0.0 GRAPHMOCK_ALLOW_HOST=graphmock \
    GRAPHMOCK_TLS_DIR=/tls
VOLUME /tls
EXPOSE 8080 8443
HEALTHCHECK --interval=5s --timeout=3s CMD ["graphmock", "health"]
ENTRYPOINT ["graphmock"]
