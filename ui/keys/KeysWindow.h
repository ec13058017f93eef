// KeysWindow: the user's own keys and those of the SSH agent, and what can be done with them. A
// window of its own that stops nobody; questions are sheets in it.

#pragma once

#include "keys/AgentLocation.h"
#include "ssh/AliasSettings.h"
#include "ui/errors/ErrorText.h"
#include "ui/keys/InstallKeySheet.h"
#include "ui/keys/KeyModel.h"

#include <QWidget>

#include <functional>
#include <memory>

class QAction;
class QStackedWidget;
class QTreeView;

namespace keys {
class AgentClient;
}

namespace ssh {
class RoutePool;
}
namespace vault {
class Vault;
}

namespace ui {

class ErrorBanner;
class InstallTask;
class KeyTasks;
class NoticeBar;
class PlainLabel;
class SheetHost;

class KeysWindow final : public QWidget
{
    Q_OBJECT

public:
    struct Surroundings
    {
        QString directory; // usually ~/.ssh
        QList<keys::AgentLocation> agents; // asked in this order
        std::function<QList<InstallTarget>()> targets; // asked each time
        ssh::AliasSettings::SettingsOf connectionSettings;
        ssh::ProfileLookup lookup; // of the sessions that are jump hosts
        profiles::OpenSshConfig *openSsh = nullptr; // null: no host of its configuration is known
        ssh::RoutePool *routes = nullptr; // whose jump hosts are shared; null: none
        vault::Vault *vault = nullptr; // null: nothing is stored
    };

    explicit KeysWindow(Surroundings surroundings, QWidget *parent = nullptr);
    ~KeysWindow() override;

    // Reads the directory and asks the agent again.
    void refresh();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *createContent();
    QWidget *createEmptyState();
    QLayout *createButtons();
    QLayout *createKeyButtons();
    void createActions();
    QAction *createAction(const QString &name, const QString &icon, const QString &text,
                          void (KeysWindow::*act)(const KeyRow &));
    void askAgent(qsizetype place);
    void showList();
    const KeyRow *current() const;
    void updateActions();
    void chooseKeyToConvert();
    void install(const KeyRow &row);
    void startInstall(const KeyRow &row, const InstallTarget &target);
    void connectInstall(const profiles::Profile &profile);
    void copyPublicKey(const KeyRow &row);
    void copyFingerprint(const KeyRow &row);
    void changePassphrase(const KeyRow &row);
    void convert(const KeyRow &row);
    void exportPublic(const KeyRow &row);
    void mendMode(const KeyRow &row);
    void addToAgent(const KeyRow &row);
    void removeFromAgent(const KeyRow &row);
    void showSuccess(const QString &sentence);
    void showFailure(const ErrorText &text);

    Surroundings m_surroundings;
    KeyModel *m_model;
    SheetHost *m_host;
    ErrorBanner *m_banner;
    NoticeBar *m_notice;
    QStackedWidget *m_pages;
    QTreeView *m_list;
    PlainLabel *m_details;
    KeyTasks *m_tasks = nullptr;
    InstallTask *m_install = nullptr;
    QAction *m_installAction = nullptr;
    QAction *m_copyPublicKey = nullptr;
    QAction *m_copyFingerprint = nullptr;
    QAction *m_changePassphrase = nullptr;
    QAction *m_convert = nullptr;
    QAction *m_exportPublic = nullptr;
    QAction *m_mendMode = nullptr;
    QAction *m_addToAgent = nullptr;
    QAction *m_removeFromAgent = nullptr;
    std::unique_ptr<keys::AgentClient> m_agent;
    QString m_agentPath; // that answered; empty: none
    QByteArray m_selected; // id, to be found again after a refresh
};

} // namespace ui
