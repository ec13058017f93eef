#include "sftp/Engine.h"

#include "base/DisplayText.h"
#include "base/WireWriter.h"

#include <QThread>

#include <algorithm>
#include <utility>

namespace sftp {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using base::WireWriter;

constexpr qsizetype firstBytesKept = 200;
constexpr int longPatience = 30;
constexpr qsizetype roomBytes = qsizetype{1024} * 1024; // as much as a channel queues

Error lostConnection()
{
    Error error;
    error.kind = ErrorKind::ConnectionLost;
    error.operation = QStringLiteral("speak SFTP");
    return error;
}

void setContext(Error &error, const PendingRequest &request)
{
    error.operation = QString::fromLatin1(request.operation);
    error.subject = request.subject.toDisplay();
}

// What the status means for the one who asked. "Bad message" is how servers of version 3 answer a
// name that they can not use; a broken stream would not have been answered at all.
Error statusError(const StatusAnswer &status, const PendingRequest &request)
{
    Error error = Error::fromSftpStatus(status.code, status.message, {}, {});
    setContext(error, request);
    if (status.code == statusBadMessage) {
        error.kind = ErrorKind::InvalidName;
    }
    return error;
}

// An end of file is an answer to READ and READDIR, and a failure of anything else.
bool isSuccess(const StatusAnswer &status, AnswerKind expected)
{
    const bool canEnd = expected == AnswerKind::Data || expected == AnswerKind::Names;
    return status.code == statusOk || (status.code == statusEndOfFile && canEnd);
}

// "OK" is no answer where data were asked for; any other status may take the place of an answer.
bool isOfWrongType(const Answer &answer, AnswerKind expected)
{
    if (const auto *status = std::get_if<StatusAnswer>(&answer)) {
        return status->code == statusOk && expected != AnswerKind::Status;
    }
    // The types of Answer stand in the order of AnswerKind.
    return answer.index() != static_cast<std::size_t>(expected);
}

} // namespace

Engine::Engine(ByteSink &sink, std::chrono::milliseconds patience)
    : m_sink(sink)
    , m_patience(patience)
{
    QObject::connect(&m_watchdog, &QTimer::timeout, &m_watchdog, [this] { checkPatience(); });
    m_watchdog.setInterval(patience / 4);
}

Engine::~Engine()
{
    end(lostConnection());
    while (!m_refusals.empty()) {
        deliverRefusals();
    }
}

void Engine::start()
{
    assertThread();
    m_sinceProgress.start();
    m_watchdog.start();
    m_sink.write(initPacket());
}

void Engine::whenReady(std::move_only_function<void()> call)
{
    if (m_server || m_end) {
        call();
    } else {
        m_waiting.push_back(std::move(call));
    }
}

void Engine::setEndHandler(std::move_only_function<void(const Error &)> handler)
{
    m_endHandler = std::move(handler);
}

void Engine::received(QByteArrayView data)
{
    assertThread();
    noteProgress();
    if (!m_server) {
        const qsizetype wanted = firstBytesKept - m_firstBytes.size();
        m_firstBytes.append(data.first(qMin(wanted, data.size())));
    }
    while (!data.isEmpty() && !m_end) {
        auto packet = m_assembler.take(data);
        if (!packet) {
            endByItself(packet.error());
        } else if (*packet) {
            handlePacket(std::move(**packet));
        }
    }
}

void Engine::noteProgress()
{
    m_sinceProgress.start();
}

void Engine::end(const Error &reason)
{
    if (m_end) {
        return;
    }
    m_end = m_server ? reason : withForeignText(reason);
    m_watchdog.stop();
    for (PendingRequest &request : m_requests.takeAll()) {
        if (!request.isAbandoned()) {
            Error error = *m_end;
            setContext(error, request);
            request.answered(Failure(error));
        }
    }
    becomeReady();
}

bool Engine::offers(const QByteArray &extension) const
{
    return m_server && m_server->extensions.contains(extension);
}

std::chrono::milliseconds Engine::roundTrip() const
{
    using std::chrono::milliseconds;
    return std::chrono::duration_cast<milliseconds>(m_roundTrip.value_or(milliseconds(0)));
}

bool Engine::hasRoom() const
{
    return m_sink.queuedBytes() < roomBytes;
}

void Engine::abandon(RequestId request)
{
    m_requests.abandon(request);
}

EngineTask &Engine::adopt(std::unique_ptr<EngineTask> task)
{
    m_tasks.push_back(std::move(task));
    return *m_tasks.back();
}

void Engine::release(EngineTask &task)
{
    const auto found = std::ranges::find(m_tasks, &task, &std::unique_ptr<EngineTask>::get);
    if (found == m_tasks.end()) {
        return;
    }
    m_releasedTasks.push_back(std::move(*found));
    m_tasks.erase(found);
    QMetaObject::invokeMethod(
        &m_watchdog, [this] { m_releasedTasks.clear(); }, Qt::QueuedConnection);
}

Engine::RequestId Engine::send(PacketType type, QByteArrayView fields, PendingRequest request,
                               const QByteArray &data)
{
    assertThread();
    const bool isLonely = m_requests.isEmpty();
    const RequestId id = m_requests.add(std::move(request));
    if (isLonely) {
        noteProgress(); // idle time is no lack of progress
        m_lonelyRequest = id;
        m_sinceLonelyRequest.start();
    }
    if (m_end) {
        refuse(id, *m_end);
        return id;
    }
    m_sink.write(requestPacket(type, id, fields, data.size()));
    if (!data.isEmpty()) {
        m_sink.write(data);
    }
    return id;
}

Engine::RequestId Engine::sendExtended(const QByteArray &extension, WireWriter &fields,
                                       PendingRequest request)
{
    return sendIf(offers(extension), extension, fields, std::move(request));
}

Engine::RequestId Engine::sendIf(bool isOffered, const QByteArray &extension, WireWriter &fields,
                                 PendingRequest request)
{
    if (!m_end && !isOffered) {
        Error error;
        error.kind = ErrorKind::Unsupported;
        const RequestId id = m_requests.add(std::move(request));
        refuse(id, error);
        return id;
    }
    const QByteArray body = fields.take();
    return send(PacketType::Extended, WireWriter().string(extension).bytes(body).take(),
                std::move(request));
}

// Fails the request later, as the server would: who asks need not expect an answer within the call.
void Engine::refuse(RequestId request, const Error &reason)
{
    if (m_refusals.empty()) {
        QMetaObject::invokeMethod(&m_watchdog, [this] { deliverRefusals(); }, Qt::QueuedConnection);
    }
    m_refusals.emplace_back(request, reason);
}

void Engine::deliverRefusals()
{
    for (auto &[id, reason] : std::exchange(m_refusals, {})) {
        auto request = m_requests.take(id);
        if (request && !request->isAbandoned()) {
            setContext(reason, *request);
            request->answered(Failure(reason));
        }
    }
}

void Engine::handlePacket(QByteArray packet)
{
    if (!m_server) {
        handleVersion(packet);
        return;
    }
    auto answer = parseAnswer(std::move(packet));
    if (!answer) {
        endByItself(answer.error());
        return;
    }
    handleAnswer(std::move(*answer));
}

void Engine::handleVersion(const QByteArray &packet)
{
    auto server = parseVersion(packet);
    if (!server) {
        endByItself(server.error());
        return;
    }
    if (server->version != protocolVersion) {
        Error error = protocolViolation(
            QStringLiteral("the server speaks version %1").arg(server->version));
        error.kind = ErrorKind::Unsupported;
        m_firstBytes.clear(); // not foreign text
        endByItself(error);
        return;
    }
    m_server = std::move(*server);
    m_firstBytes.clear();
    askLimits();
    becomeReady();
}

void Engine::handleAnswer(NumberedAnswer numbered)
{
    auto request = m_requests.take(numbered.id);
    if (!request) {
        endByItself(protocolViolation(QStringLiteral("an answer to nothing")));
        return;
    }
    if (numbered.id == std::exchange(m_lonelyRequest, 0)) {
        const auto taken = m_sinceLonelyRequest.durationElapsed();
        m_roundTrip = std::min(m_roundTrip.value_or(taken), taken);
    }
    if (isOfWrongType(numbered.answer, request->expected)) {
        const Error error = protocolViolation(QStringLiteral("an answer of the wrong type"));
        if (!request->isAbandoned()) {
            request->answered(Failure(error));
        }
        endByItself(error);
        return;
    }
    if (request->isAbandoned()) {
        if (const auto *opened = std::get_if<HandleAnswer>(&numbered.answer)) {
            close(Handle{opened->handle, request->subject}, [](const Result<void> &) { });
        }
        return;
    }
    const auto *status = std::get_if<StatusAnswer>(&numbered.answer);
    if (status && !isSuccess(*status, request->expected)) {
        const Error error = statusError(*status, *request);
        fail(numbered.id, std::move(*request), error);
    } else {
        request->answered(std::move(numbered.answer));
    }
}

// Version 3 has no number for a full disk, and OpenSSH says "failure": it is asked whether there is
// room for what it did not take. Until it has said so the request keeps its id.
void Engine::fail(RequestId id, PendingRequest request, const Error &error)
{
    const bool mayBeFull = error.kind == ErrorKind::ServerFailure && request.writtenBytes > 0
        && offers(QByteArrayLiteral("statvfs@openssh.com"));
    if (!mayBeFull) {
        request.answered(Failure(error));
        return;
    }
    const files::FilePath path = request.subject; // the handle may have been closed behind the data
    m_requests.restore(id, std::move(request));
    fileSystemStatus(path, [this, id, error](const Result<FileSystemStatus> &status) {
        auto failed = m_requests.take(id);
        if (!failed || failed->isAbandoned()) {
            return;
        }
        Error told = error;
        if (status && status->freeBytes < failed->writtenBytes) {
            told.kind = ErrorKind::NoSpace;
        }
        failed->answered(Failure(told));
    });
}

void Engine::askLimits()
{
    const QByteArray extension = QByteArrayLiteral("limits@openssh.com");
    if (!offers(extension)) {
        return;
    }
    WireWriter none;
    sendExtended(extension, none,
                 {AnswerKind::Extended, "ask limits", {}, [this](Result<Answer> answer) {
                      if (!answer) {
                          return; // the defaults stay
                      }
                      const auto limits
                          = ServerLimits::fromReply(std::get<ExtendedAnswer>(*answer).data);
                      if (limits) {
                          m_limits = *limits;
                      }
                  }});
}

void Engine::becomeReady()
{
    for (auto &call : std::exchange(m_waiting, {})) {
        call();
    }
}

void Engine::checkPatience()
{
    const bool isWaiting = !m_server || !m_requests.isEmpty();
    const auto patience = m_requests.mayTakeLong() ? longPatience * m_patience : m_patience;
    if (isWaiting && m_sinceProgress.durationElapsed() >= patience) {
        Error error = lostConnection();
        error.kind = ErrorKind::TimedOut;
        endByItself(error);
    }
}

void Engine::endByItself(const Error &reason)
{
    if (m_end) {
        return;
    }
    end(reason);
    if (m_endHandler) {
        m_endHandler(*m_end);
    }
}

// A login script that prints something breaks SFTP: show what it was.
Error Engine::withForeignText(Error error) const
{
    if (!m_firstBytes.isEmpty()) {
        const QByteArray firstLine = m_firstBytes.trimmed().split('\n').first().trimmed();
        error.kind = ErrorKind::ProtocolViolation;
        error.quote = base::displayText(QByteArrayView(firstLine));
        error.detail = QStringLiteral("the server printed: ")
            + base::displayText(m_firstBytes, base::LineBreaks::Keep);
    }
    return error;
}

void Engine::assertThread() const
{
    Q_ASSERT(m_watchdog.thread()->isCurrentThread());
}

} // namespace sftp
