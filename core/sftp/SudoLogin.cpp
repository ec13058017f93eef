#include "sftp/SudoLogin.h"

#include <algorithm>
#include <utility>

namespace sftp {
namespace {

// PAM takes up to 511 bytes (PAM_MAX_RESP_SIZE), and sudo reads one line: what is beyond would be
// read by whoever comes next.
constexpr qsizetype longestPassword = 511;

base::SecretString lineOf(const base::SecretString &password)
{
    const QByteArrayView bytes = password.bytes();
    const auto endsLine = [](char character) {
        return character == '\n' || character == '\r' || character == '\0';
    };
    const auto length = std::ranges::find_if(bytes, endsLine) - bytes.begin();
    QByteArray line;
    line.reserve(longestPassword + 1); // so that no copy is left behind
    line += bytes.first(std::min<qsizetype>(length, longestPassword));
    line += '\n';
    return base::SecretString::fromUtf8(std::move(line));
}

} // namespace

SudoLogin::SudoLogin(SudoCommand command, ssh::ChannelPort &port, Events events,
                     std::chrono::milliseconds patience)
    : m_dialog(std::move(command))
    , m_port(port)
    , m_events(std::move(events))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    QObject::connect(&m_patience, &QTimer::timeout, &m_patience,
                     [this] { giveUp(m_dialog.overdue()); });
    m_patience.start();
}

void SudoLogin::received(QByteArrayView &data, ssh::OutputStream stream)
{
    const bool wasAsking = m_dialog.isAsking();
    if (stream == ssh::OutputStream::Standard) {
        m_dialog.takeOutput(data);
    } else {
        m_dialog.takeMessages(data);
        data = {};
    }
    if (m_dialog.isReady()) {
        m_patience.stop();
    } else if (m_dialog.hasAskedTooOften()) {
        giveUp(m_dialog.refusal());
    } else if (m_dialog.isAsking() && !wasAsking) {
        m_patience.stop();
        m_events.asked(m_dialog.question());
    }
}

void SudoLogin::answer(const base::SecretString &password)
{
    if (!m_dialog.isAsking() || m_dialog.isReady()) {
        return;
    }
    m_dialog.markAnswered();
    // An earlier one may still wait for its turn.
    const base::SecretString &line = m_lines.emplace_back(lineOf(password));
    m_patience.start();
    // Not a copy of them: the line stays until they are gone.
    m_port.write(QByteArray::fromRawData(line.utf8(), line.size()));
}

void SudoLogin::written()
{
    if (m_port.queuedBytes() == 0) {
        m_lines.clear();
    }
}

void SudoLogin::giveUp(const base::Error &error)
{
    m_patience.stop();
    if (auto givenUp = std::exchange(m_events.givenUp, {})) {
        givenUp(error);
    }
}

} // namespace sftp
