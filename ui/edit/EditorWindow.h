// EditorWindow: the built-in editor of one file, in a window of its own.

#pragma once

#include "edit/EditSession.h"
#include "edit/TextFormat.h"
#include "ui/errors/ErrorText.h"

#include <QTimer>
#include <QWidget>

#include <memory>

namespace ui {

class EditorSearch;
class EditorStatus;
class ErrorBanner;
class NoticeBar;
class SheetHost;
class TextEditor;

class EditorWindow final : public QWidget
{
    Q_OBJECT

public:
    // `parent` is the window above which it stands.
    EditorWindow(std::unique_ptr<edit::EditSession> session, QWidget *parent);
    ~EditorWindow() override; // what was typed is kept for the next start

    edit::EditSession &session() { return *m_session; }
    bool isModified() const; // since the last save
    bool isUnfinished() const; // or not sent yet
    void keepDraft();

signals:
    void refused(const ErrorText &why); // it can not be opened: closes by itself

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *createTools();
    void connectSession();
    void handleLoaded(const QByteArray &content, bool isDraft);
    void refuse(const ErrorText &why);
    void handleState();
    void showConflict();
    void compare();
    void saveElsewhere();
    void saveHere(); // on this computer
    void settleElsewhere(const QString &path);
    void save();
    void changeFormat(const edit::TextFormat &format);
    void openVersions();
    void takeContent(const QByteArray &content);
    void askToClose();
    void updateTitle();
    void updateStatus();

    std::unique_ptr<edit::EditSession> m_session;
    SheetHost *m_host;
    TextEditor *m_text;
    EditorSearch *m_search = nullptr;
    EditorStatus *m_status = nullptr;
    ErrorBanner *m_banner = nullptr;
    NoticeBar *m_notice = nullptr;
    edit::DecodedText m_original; // as it was opened or saved last
    QTimer m_draftPause;
    bool m_isLoaded = false;
    bool m_wasSaved = false;
    bool m_isCloseConfirmed = false;
};

} // namespace ui
