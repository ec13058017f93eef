// SyncWindow: compares two directories, each of this computer or of a server, shows what would be
// done about it, and does that; or keeps one up to date. A window of its own, beside the main one.

#pragma once

#include "ui/synchronize/SyncWork.h"
#include "ui/theme/Theme.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace ui {

class ErrorBanner;
class KeeperPanel;
class NoticeBar;
class PlainLabel;
class SheetHost;
class SyncForm;
class SyncList;
class SyncModel;

class SyncWindow final : public QWidget
{
    Q_OBJECT

public:
    explicit SyncWindow(SyncEnds ends, QWidget *parent = nullptr);
    ~SyncWindow() override; // ends what is under way

    void setDirectories(const files::FilePath &left, const files::FilePath &right);

    // See SyncWork::setFiles().
    void setFiles(synchronize::Side side, files::FileSystem *files,
                  const SyncWork::AttachQueue &attachQueue);

    // See PanePlace::caution().
    void setCaution(synchronize::Side side, const QString &caution)
    {
        m_ends.at(side).caution = caution;
    }

    // How files are copied.
    void setCopyOptions(const transfer::CopyOptions &options) { m_copyOptions = options; }

    bool isBusy() const; // with what ends with the window

signals:
    void filesChanged(); // on either side

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *createContent();
    QPushButton *createButton(const char *name, const QString &text, const QString &hint);
    QWidget *createButtons();
    QWidget *createPages();
    void connectForm();
    void connectWork();
    void compare();
    void handleCompared(const base::Result<synchronize::TreeRows> &rows);
    void synchronize();
    void run();
    void handleRan(const base::Result<synchronize::RunSummary> &summary);
    void showFailures(const synchronize::RunSummary &summary);
    void keepUpToDate();
    void startKeeping();
    void stop();
    bool hasFolders(); // false, and told, if a field is empty
    void showOverlap();
    void showError(const QString &what, const base::Error &error);
    void ask(const QString &question, const QString &consequence, const QString &confirm,
             void (SyncWindow::*act)(), std::optional<Theme::Meaning> meaning = std::nullopt);
    void forgetPlan();
    void updateState();
    void showPage();
    void updateKeepButton(bool canBegin);
    // Of what can be kept up to date by the rules; absent if it can not.
    std::optional<synchronize::Side> watchedSide() const;

    SyncEnds m_ends;
    transfer::CopyOptions m_copyOptions;
    bool m_isCompared = false; // the plan is about what the form says
    bool m_isCloseConfirmed = false;

    SheetHost *m_host;
    ErrorBanner *m_banner = nullptr;
    NoticeBar *m_notice = nullptr;
    SyncForm *m_form = nullptr;
    QPushButton *m_compare = nullptr;
    QPushButton *m_start = nullptr;
    QPushButton *m_keep = nullptr;
    QPushButton *m_stop = nullptr;
    QComboBox *m_shown = nullptr;
    QStackedWidget *m_pages = nullptr;
    PlainLabel *m_empty = nullptr;
    SyncModel *m_model;
    SyncList *m_list = nullptr;
    KeeperPanel *m_keeperPanel = nullptr;
    QProgressBar *m_progress = nullptr;
    PlainLabel *m_state = nullptr;
    PlainLabel *m_deletions = nullptr; // of the plan
    SyncWork *m_work;
};

} // namespace ui
