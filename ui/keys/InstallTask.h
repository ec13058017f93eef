// InstallTask: connects to a saved session if need be, installs a key there and proves it, with its
// questions in sheets. Used by KeysWindow.

#pragma once

#include "keyinstall/KeyInstallation.h"
#include "ui/errors/ErrorText.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace vault {
class Vault;
}

namespace ui {

class PromptPresenter;
class SheetHost;

class InstallTask final : public QObject
{
    Q_OBJECT

public:
    // What is stored in `vault` answers the questions of the way in; null: nothing does.
    InstallTask(keyinstall::KeyToInstall key, QString server, SheetHost &host, vault::Vault *vault,
                QObject *parent = nullptr);
    ~InstallTask() override;

    void startOn(ssh::Connection &connection); // that is Ready; it may end at any time
    // By the jump hosts that `routes` has in use already, if it is there.
    void connectTo(const ssh::ConnectionSettings &settings, ssh::RoutePool *routes);
    void cancel();

signals:
    void progressed(const QString &sentence);
    // Once, one of them; nothing after cancel().
    void succeeded(const QString &sentence);
    void failed(const ui::ErrorText &text);

private:
    void follow(ssh::Connection &connection);
    void install(ssh::Connection &connection);
    void showAgentWait(const std::optional<ssh::AgentWait> &wait);
    QString successText(const keyinstall::Report &report) const;
    void handleReport(const base::Result<keyinstall::Report> &report);
    void fail(const ErrorText &text);

    keyinstall::KeyToInstall m_key;
    QString m_server;
    PromptPresenter *m_prompts; // of the way in
    PromptPresenter *m_proofPrompts;
    std::unique_ptr<ssh::Connection> m_own; // where none was open
    std::unique_ptr<keyinstall::KeyInstallation> m_installation;
    bool m_isOver = false;
};

} // namespace ui
