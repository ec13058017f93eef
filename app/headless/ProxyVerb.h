// ProxyVerb: `ponto proxy`: standard input and output, led through an open connection of the Ponto
// that runs, to a host and port that its server reaches. For ProxyCommand of OpenSSH's ssh.

#pragma once

#include "app/headless/LocalInput.h"
#include "app/headless/LocalOutput.h"
#include "app/headless/Verb.h"
#include "app/ProxySocket.h"

#include <memory>
#include <optional>

namespace app {

class ProxyVerb final : public Verb
{
    Q_OBJECT

public:
    explicit ProxyVerb(ProxyWish wish);

    void start() override;
    void interrupt(int signal) override;

private:
    void connectStreams();
    void handleReceived(const QByteArray &bytes);
    void handleEnd();
    void finish(int exitStatus);

    ProxyWish m_wish;
    base::UniqueFd m_socket;
    std::unique_ptr<LocalInput> m_fromSocket;
    std::unique_ptr<LocalOutput> m_toSocket;
    LocalInput m_input;
    LocalOutput m_output;
    std::optional<char> m_answer; // the first byte
    QByteArray m_refusal; // a sentence
    bool m_isInputOver = false;
    bool m_isSocketOver = false;
    bool m_isOver = false;
};

} // namespace app
