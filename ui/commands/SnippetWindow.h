// SnippetWindow: the commands that the user keeps: found by name and tag, changed, filled in, and
// run on the server of the tab in front, in its terminal, or on many servers. A window of its own.

#pragma once

#include "commands/SnippetStore.h"
#include "ui/errors/ErrorText.h"

#include <QWidget>

#include <functional>
#include <optional>

class QCheckBox;
class QFormLayout;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace ui {

class ErrorBanner;
class PlainLabel;
class SheetHost;

class SnippetWindow final : public QWidget
{
    Q_OBJECT

public:
    enum class Place { Panel, Terminal, ManyServers };

    // Runs a command there; false if there is no such place now.
    using Run = std::function<bool(Place place, const QString &command)>;

    // Borrowed.
    SnippetWindow(storage::Database &database, Run run, QWidget *parent = nullptr);

private:
    QWidget *createContent();
    QWidget *createList();
    QWidget *createFields();
    QWidget *createRunButtons();
    QToolButton *createButton(const char *name, const char *icon, const QString &text);
    void reload(qint64 chosen);
    void fillList();
    void showChosen();
    void showParameters();
    void updatePreview();
    void updateState();
    commands::Snippet edited() const;
    QString filled() const;
    const commands::Snippet *chosen() const;
    void addNew();
    void save();
    void askToRemove();
    void requestRun(Place place);
    void run(Place place);
    void fail(const QString &what, const base::Error &error);

    commands::SnippetStore m_store;
    Run m_run;
    QList<commands::Snippet> m_snippets;
    qint64 m_chosen = 0; // its id; 0: a new one
    SheetHost *m_host;
    ErrorBanner *m_banner = nullptr;
    QLineEdit *m_filter = nullptr;
    QListWidget *m_list = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_tags = nullptr;
    QLineEdit *m_description = nullptr;
    QPlainTextEdit *m_command = nullptr;
    QCheckBox *m_asks = nullptr;
    QWidget *m_parameters = nullptr;
    QFormLayout *m_parameterForm = nullptr;
    QList<commands::SnippetParameter> m_shownParameters;
    QList<QLineEdit *> m_values; // in their order
    PlainLabel *m_preview = nullptr;
    QToolButton *m_save = nullptr;
    QToolButton *m_remove = nullptr;
    QList<QPushButton *> m_runButtons;
};

} // namespace ui
