;;; unitlint.el --- systemd units checked while you write  -*- lexical-binding: t; -*-

;; Emacs 29 or later has eglot; load this file in your init file.

;;; Code:

(require 'conf-mode)

(defvar eglot-server-programs)

;;;###autoload
(define-derived-mode unitlint-mode conf-unix-mode "systemd"
  "Mode for systemd units, drop-ins, confs and Podman Quadlets.")

(dolist (pattern
         '("\\.\\(?:service\\|socket\\|timer\\|target\\|mount\\|automount\\|path\\|slice\\|swap\\|scope\\|device\\)\\'"
           "\\.\\(?:container\\|volume\\|network\\|pod\\|kube\\|image\\|build\\)\\'"
           "\\.d/[^/]+\\.conf\\'"
           ;; What `systemctl edit' opens.
           "/\\.#[^/]+\\.conf[0-9a-f]\\{16\\}\\'"
           "/systemd/[^/]+\\.conf\\'"))
  (add-to-list 'auto-mode-alist (cons pattern 'unitlint-mode)))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((unitlint-mode :language-id "systemd") . ("unitlint" "lsp"))))

(add-hook 'unitlint-mode-hook
          (lambda () (when (fboundp 'eglot-ensure) (eglot-ensure))))

(provide 'unitlint)
;;; unitlint.el ends here
